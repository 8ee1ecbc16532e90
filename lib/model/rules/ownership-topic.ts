import type { AccessIntent } from '../access';
import { accountsOf, aclsOf } from '../acl';
import type { Environment } from '../environment';
import { ownershipTopic, reachesRecord } from '../ownership-topic';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';

interface Named {
  readonly path: Path;
  readonly name: string;
}

/** Where an intent allows something on topics, and what it names there. */
function topicsOf(intent: AccessIntent, index: number): readonly Named[] {
  const all = (field: string, names: readonly string[]) => names.map((name, at) => ({ path: ['access', index, field, at], name }));
  switch (intent.intent) {
    case 'producer':
    case 'consumer':
      return all('topics', intent.topics);
    case 'streams':
      return [...all('reads', intent.reads), ...all('writes', intent.writes)];
    case 'connect':
      return [...all('storageTopics', intent.storageTopics), ...all('reads', intent.reads), ...all('writes', intent.writes)];
    case 'raw':
      return intent.permission === 'ALLOW' && intent.resourceType === 'TOPIC'
        ? [{ path: ['access', index, 'resourceName'], name: intent.resourceName }]
        : [];
    case 'admin':
      return [];
  }
}

function checkNamed({ topics, topicAccess, access }: Environment): readonly Finding[] {
  const named: readonly Named[] = [
    ...topics.map(({ name }) => ({ path: ['topics', name], name })),
    ...Object.keys(topicAccess).map((name) => ({ path: ['topicAccess', name], name })),
    ...access.flatMap(topicsOf),
  ];
  return named
    .filter(({ name }) => name === ownershipTopic)
    .map(({ path }) => ({ path, message: `topic "${ownershipTopic}" is kept by the convergence for itself; take it out` }));
}

/** A refusal for everybody would hit whoever converges the cluster too, unless it is a super user. */
function checkEverybody(environment: Environment): readonly Finding[] {
  // Few are for everybody: for the others no ACLs need be made.
  const mayBeAll = ({ principal }: { readonly principal: string }) =>
    accountsOf(environment, principal).some((account) => account.endsWith('*'));
  const parts: readonly { readonly path: Path; readonly only: Partial<Environment> }[] = [
    ...Object.entries(environment.topicAccess)
      .filter(([, { producers, consumers }]) => producers.some(mayBeAll) || consumers.some(mayBeAll))
      .map(([topic, grants]) => ({ path: ['topicAccess', topic], only: { topicAccess: { [topic]: grants }, access: [] } })),
    ...environment.access.flatMap((intent, index) =>
      mayBeAll(intent) ? [{ path: ['access', index], only: { topicAccess: {}, access: [intent] } }] : [],
    ),
  ];
  return parts.flatMap(({ path, only }) =>
    aclsOf({ ...environment, ...only }).some((entry) => entry.principal === 'User:*' && reachesRecord(entry))
      ? [{ path, message: `this lets everybody read or change topic "${ownershipTopic}"; name the accounts, or a narrower prefix` }]
      : [],
  );
}

export const ownershipTopicRules: readonly Rule[] = [
  {
    code: 'access/record-named',
    severity: 'error',
    reason: 'The record of what the convergence owns is read and written by nobody else.',
    check: checkNamed,
  },
  {
    code: 'access/record-open',
    severity: 'error',
    reason: 'An account whose pattern reaches the record of what is owned is refused there; that cannot be done for everybody at once.',
    check: checkEverybody,
  },
];
