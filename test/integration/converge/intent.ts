import type { AccessIntent, Environment } from '../../../lib/model';

/**
 * What an account shall be able to do, read from what the environment says in words. It knows nothing of the ACLs that the product makes
 * of it: two readings of the same words are compared.
 */

/** What somebody can try, by what it is tried on. */
export const acts = {
  topic: ['describe', 'read', 'write', 'create', 'delete', 'alter', 'alter-config', 'describe-config'],
  group: ['describe-group', 'join'],
  transaction: ['transact'],
  cluster: ['describe-acls', 'change-acls'],
} as const;
export type Thing = keyof typeof acts;
export type Act = (typeof acts)[Thing][number];

/** A permission in words: some acts on everything that a pattern names. */
interface Right {
  readonly thing: Thing;
  readonly name: string;
  readonly prefix: boolean;
  readonly acts: readonly Act[];
}

const all = (thing: Thing): readonly Act[] => acts[thing];

function on(thing: Thing, patterns: readonly string[], allowed: readonly Act[]): readonly Right[] {
  return patterns.map((pattern) => ({
    thing,
    name: pattern.endsWith('*') ? pattern.slice(0, -1) : pattern,
    prefix: pattern.endsWith('*'),
    acts: allowed,
  }));
}

const writing = ['write', 'describe'] as const;
const reading = ['read', 'describe'] as const;
const membership = ['join', 'describe-group'] as const;

/** Kafka's operations as acts, on each kind of thing; what brings a description with it brings it here too. */
const meaning: Readonly<Record<string, Readonly<Record<string, readonly Act[]>>>> = {
  TOPIC: {
    ALL: all('topic'),
    READ: reading,
    WRITE: writing,
    CREATE: ['create'],
    DELETE: ['delete', 'describe'],
    ALTER: ['alter', 'describe'],
    DESCRIBE: ['describe'],
    DESCRIBE_CONFIGS: ['describe-config'],
    ALTER_CONFIGS: ['alter-config', 'describe-config'],
  },
  GROUP: { ALL: all('group'), READ: membership, DESCRIBE: ['describe-group'], DELETE: ['describe-group'] },
  TRANSACTIONAL_ID: { ALL: all('transaction'), WRITE: all('transaction'), DESCRIBE: [] },
  CLUSTER: { ALL: all('cluster'), ALTER: all('cluster'), DESCRIBE: ['describe-acls'] },
};
const things: Readonly<Record<string, Thing>> = {
  TOPIC: 'topic',
  GROUP: 'group',
  TRANSACTIONAL_ID: 'transaction',
  CLUSTER: 'cluster',
};

function rawRights(intent: Extract<AccessIntent, { intent: 'raw' }>): readonly Right[] {
  const thing = things[intent.resourceType];
  if (thing === undefined) return [];
  const everything = intent.resourceName === '*' && intent.patternType === 'LITERAL';
  const allowed = intent.operations.flatMap((operation) => meaning[intent.resourceType]?.[operation] ?? []);
  const right = {
    thing,
    name: everything ? '' : intent.resourceName,
    prefix: everything || intent.patternType === 'PREFIXED',
    acts: allowed,
  };
  // Who may create on the cluster may create any topic.
  const creates = thing === 'cluster' && intent.operations.some((operation) => operation === 'CREATE' || operation === 'ALL');
  return creates ? [right, ...on('topic', ['*'], ['create'])] : [right];
}

function rightsOf(intent: AccessIntent): readonly Right[] {
  switch (intent.intent) {
    case 'producer':
      return [...on('topic', intent.topics, writing), ...on('transaction', intent.transactionalIds, ['transact'])];
    case 'consumer':
      return [...on('topic', intent.topics, reading), ...on('group', intent.groups, membership)];
    case 'streams': {
      const own = [`${intent.applicationId}-*`];
      return [
        ...on('topic', intent.reads, reading),
        ...on('topic', intent.writes, writing),
        ...on('topic', own, ['describe', 'read', 'write', 'create', 'delete', 'describe-config']),
        ...on('group', [intent.applicationId], membership),
        ...on('transaction', own, ['transact']),
      ];
    }
    case 'connect':
      return [
        ...on('group', [intent.group, ...(intent.reads.length === 0 ? [] : ['connect-*'])], membership),
        ...on('topic', intent.storageTopics, ['describe', 'read', 'write', 'create', 'describe-config']),
        ...on('topic', intent.reads, reading),
        ...on('topic', intent.writes, writing),
      ];
    case 'admin':
      return (Object.keys(acts) as Thing[]).flatMap((thing) => on(thing, ['*'], all(thing)));
    case 'raw':
      return rawRights(intent);
  }
}

function isMeant({ userGroups }: Environment, principal: string, account: string): boolean {
  if (principal.startsWith('Group:')) return userGroups[principal.slice('Group:'.length)]?.members.includes(account) ?? false;
  return principal === account || principal === `User:${account}`;
}

const record = '_kafkon';

/** Whether an account shall be able to do something; `name` is of no account for the cluster. */
export function shallBeAble(environment: Environment, account: string, act: Act, thing: Thing, name: string): boolean {
  if (environment.superUsers.includes(account)) return true;
  const mine = environment.access.filter(({ principal }) => isMeant(environment, principal, account));
  const isDenial = (intent: AccessIntent) => intent.intent === 'raw' && intent.permission === 'DENY';
  const byTopic = Object.entries(environment.topicAccess).flatMap(([topic, { producers, consumers }]) =>
    [...producers, ...consumers]
      .filter(({ principal }) => isMeant(environment, principal, account))
      .flatMap((grant) => [
        ...on(
          'topic',
          [topic],
          grant.operations.flatMap((operation) => meaning.TOPIC?.[operation] ?? []),
        ),
        ...on('group', 'consumerGroups' in grant ? (grant.consumerGroups as string[]) : [], membership),
      ]),
  );
  const fits = (right: Right) =>
    right.thing === thing && (thing === 'cluster' || (right.prefix ? name.startsWith(right.name) : right.name === name));
  const allowed = [...mine.filter((intent) => !isDenial(intent)).flatMap(rightsOf), ...byTopic].filter(fits);
  const denied = mine.filter(isDenial).flatMap(rightsOf).filter(fits);
  if (denied.some((right) => right.acts.includes(act))) return false;
  // The record of what is owned is nobody's to touch, and hidden from whoever could; only an administrator has his way.
  const administers = mine.some(({ intent }) => intent === 'admin');
  const touching = allowed.some((right) => right.acts.some((each) => !['describe', 'create', 'describe-config'].includes(each)));
  if (thing === 'topic' && name === record && !administers && touching) return false;
  return allowed.some((right) => right.acts.includes(act));
}
