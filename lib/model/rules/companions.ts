import { companionListener } from '../environment';
import { companionLogins } from '../required-secrets';
import type { Rule } from './rule';

export const companionRules: readonly Rule[] = [
  {
    code: 'companion/account-missing',
    severity: 'error',
    reason: 'Where the first internal listener wants a password, a companion logs in as the account that bears its name.',
    reads: ['serviceAccounts.*', 'listeners.*.security', 'listeners.*.scope'],
    check: (environment) =>
      companionLogins(environment)
        .filter(({ account }) => environment.serviceAccounts[account] === undefined)
        .map(({ section, account }) => ({
          path: ['companions', section],
          message: `${account} logs in through the listener "${companionListener(environment)?.name}" with a password, and no service account is named "${account}"; add it under serviceAccounts, with the grants it needs`,
        })),
  },
  {
    code: 'companion/remote-login-missing',
    severity: 'error',
    reason: 'A remote cluster that asks for a password must be given one.',
    check: ({ companions }) => {
      const remote = companions.mirrorMaker?.remote;
      if (remote?.security !== 'scram') return [];
      return (['user', 'secret'] as const)
        .filter((field) => remote[field] === undefined)
        .map((field) => ({
          path: ['companions', 'mirrorMaker', 'remote', field],
          message: `${field} is missing, and the remote cluster "${remote.alias}" is reached with scram; add it, or change security`,
        }));
    },
  },
];
