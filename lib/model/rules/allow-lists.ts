import { allowedFor, networksOf, parseAllowed } from '../allow-list';
import type { Environment } from '../environment';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';
import { joinedList, nearestRemedy, quotedList } from './words';

interface Line {
  readonly path: Path;
  readonly text: string;
}

/** Every line with an address or a network in it. */
function linesIn({ security, listeners }: Environment): Line[] {
  return [
    ...Object.entries(security.ipAllowlists).flatMap(([name, lines]) =>
      lines.map((text, index) => ({ path: ['security', 'ipAllowlists', name, index], text })),
    ),
    ...listeners.flatMap(({ allowFrom }, listener) =>
      allowFrom.map((text, index) => ({ path: ['listeners', listener, 'allowFrom', index], text })),
    ),
  ];
}

const cidr = (line: { kind: string; text?: string }): string =>
  line.kind === 'network' ? (line.text ?? '') : `${line.text}/${line.text?.includes(':') ? 128 : 32}`;

/**
 * Kafka's ACLs cannot hold a network, so that an account limited to one is held by the listener alone: the listener must be
 * limited to the same networks, or others would use the account.
 */
function checkWider(environment: Environment): Finding[] {
  const external = environment.listeners.filter(({ scope }) => scope === 'external');
  return Object.entries(environment.serviceAccounts).flatMap(([account, { ipAllowlists }]) => {
    const lines = allowedFor(environment, account);
    if (ipAllowlists === undefined || !lines.some(({ kind }) => kind === 'network') || lines.some(({ kind }) => kind === 'any')) return [];
    const own = new Set(lines.map(cidr));
    return external.flatMap((listener) => {
      const open = networksOf(environment, listener);
      const wider = open.filter((network) => !own.has(network));
      if (open.length > 0 && wider.length === 0) return [];
      const from = open.length === 0 ? 'anywhere' : joinedList(wider);
      const message = `account "${account}" may come from ${joinedList([...own].sort())} only, but the listener "${listener.name}" is open to ${from} and ACLs know no networks; set its allowFrom to these networks, or list single addresses`;
      return [{ path: ['serviceAccounts', account, 'ipAllowlists'], message }];
    });
  });
}

export const allowListRules: readonly Rule[] = [
  {
    code: 'allow-list/bad-address',
    severity: 'error',
    reason: 'A line that cannot be read would leave somebody out, or let somebody in.',
    check: (environment) =>
      linesIn(environment)
        .filter(({ text }) => parseAllowed(text) === undefined)
        .map(({ path, text }) => ({
          path,
          message: `"${text}" is neither an address nor a network; write 192.0.2.7, 192.0.2.0/24 or 0.0.0.0/0`,
        })),
  },
  {
    code: 'allow-list/unknown',
    severity: 'error',
    reason: 'An account without its list would be let in from anywhere.',
    check: ({ security, serviceAccounts }) => {
      const known = Object.keys(security.ipAllowlists);
      return Object.entries(serviceAccounts).flatMap(([account, { ipAllowlists }]) =>
        (ipAllowlists ?? []).flatMap((name, index) =>
          known.includes(name)
            ? []
            : [
                {
                  path: ['serviceAccounts', account, 'ipAllowlists', index],
                  message: `no allow-list is named "${name}"; ${nearestRemedy(name, known, known.length === 0 ? 'add it under security.ipAllowlists' : `the lists are ${quotedList(known)}`)}`,
                },
              ],
        ),
      );
    },
  },
  {
    code: 'allow-list/wider-than-account',
    severity: 'error',
    reason: 'What cannot be enforced for an account must not be quietly wider than it says.',
    reads: ['listeners.*.scope', 'listeners.*.allowFrom.**', 'security.**'],
    check: checkWider,
  },
  {
    code: 'allow-list/network-on-docker',
    severity: 'error',
    platform: 'docker',
    reason: 'ACLs know single addresses, Kubernetes has network policies, and Docker has nothing for networks.',
    check: (environment) =>
      linesIn(environment)
        .filter(({ text }) => parseAllowed(text)?.kind === 'network')
        .map(({ path, text }) => ({
          path,
          message: `network ${text} cannot be enforced on Docker; list single addresses, or 0.0.0.0/0 for everybody`,
        })),
  },
  {
    code: 'allow-list/internal-not-limited',
    severity: 'notice',
    reason: 'Networks limit external listeners; pods reach the internal ones by their namespace.',
    check: ({ security, listeners }) =>
      Object.values(security.ipAllowlists).some((lines) => lines.some((text) => parseAllowed(text)?.kind === 'network')) &&
      listeners.some(({ scope, security: how }) => scope === 'internal' && how !== 'mtls')
        ? [
            {
              path: ['security', 'ipAllowlists'],
              message:
                'networks of allow-lists limit the external listeners; internal ones are limited by namespace (platform.kubernetes.clientNamespaces)',
            },
          ]
        : [],
  },
];
