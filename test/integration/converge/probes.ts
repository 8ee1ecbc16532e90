import {
  ClusterFailure,
  type Connection,
  clientFor,
  type KafkaAdmin,
  type Outcome,
  type RecordLog,
  recordLogFor,
} from '../../../lib/kafka';
import { aclKey } from '../../../lib/model';
import type { Act } from './intent';

/** Someone who has logged in with a name and a password of his own. */
export interface Visitor {
  /** Tries it in earnest, in a way that changes nothing that matters. @throws when neither yes nor no can be told */
  may(act: Act, name: string): Promise<boolean>;
  close(): Promise<void>;
}

export function visitorOf(connection: Connection): Visitor {
  const [admin, log] = [clientFor(connection), recordLogFor(connection)];
  return {
    may: (act, name) => attempt(() => tries[act]({ admin, log }, name)),
    close: async () => {
      await Promise.all([admin.close(), log.close()]);
    },
  };
}

interface Clients {
  readonly admin: KafkaAdmin;
  readonly log: RecordLog;
}

const nobody = {
  principal: 'User:nobody-at-all',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
  resourceType: 'TOPIC',
  resourceName: 'nothing-at-all',
  patternType: 'LITERAL',
} as const;

/** Each with what happens where it is allowed, though there may be nothing left to do. */
const tries: Readonly<Record<Act, (clients: Clients, name: string) => Promise<boolean>>> = {
  describe: async ({ admin }, name) => (await admin.topics([name])).length === 1,
  read: async ({ log }, name) =>
    log.read(name).then(
      (records) => records !== undefined,
      (error: unknown) => {
        // Who is told that they are compressed has got them.
        if (error instanceof ClusterFailure && error.reason === 'unsupported' && /are compressed/.test(error.message)) return true;
        throw error;
      },
    ),
  write: async ({ log }, name) => log.append(name, new Map([['a-key', 'a-value']])).then(() => true),
  create: async ({ admin }, name) =>
    told(
      await admin.createTopics([{ name, partitions: 1, replicationFactor: 1, config: {} }], { validateOnly: true }),
      name,
      'already-exists',
    ),
  delete: async ({ admin }, name) => told(await admin.deleteTopics([name]), name, 'not-found'),
  alter: async ({ admin }, name) => told(await admin.createPartitions(new Map([[name, 1]]), { validateOnly: true }), name, 'invalid'),
  'alter-config': async ({ admin }, name) =>
    told(await admin.alterTopicConfigs(new Map([[name, { 'retention.ms': '3600000' }]]), { validateOnly: true }), name),
  'describe-config': async ({ admin }, name) => (await admin.topicConfigs([name])).has(name),
  'describe-group': async ({ admin }, name) => (await admin.groupOffsets(name)).size >= 0,
  join: async ({ admin }, name) => {
    const [outcome] = [...(await admin.setGroupOffsets(name, new Map([['probed-0', 0n]]))).values()];
    // The group is asked for first: who may not read the topic is refused for that alone.
    return outcome?.done === true || (outcome?.reason === 'not-authorized' && /topic/.test(outcome.message));
  },
  transact: async ({ log }, name) => (await log.lock(name)).transactionalId === name,
  'describe-acls': async ({ admin }) => (await admin.acls()).length >= 0,
  'change-acls': async ({ admin }) => told(await admin.deleteAcls([nobody]), aclKey(nobody), 'not-found'),
};

function told(outcomes: ReadonlyMap<string, Outcome>, key: string, ...fine: readonly string[]): boolean {
  const outcome = outcomes.get(key);
  if (outcome === undefined) throw new Error(`nobody answered for ${key}`);
  if (outcome.done || fine.includes(outcome.reason)) return true;
  if (outcome.reason === 'not-authorized') return false;
  throw new Error(`${key}: ${outcome.reason}: ${outcome.message}`);
}

async function attempt(doing: () => Promise<boolean>): Promise<boolean> {
  try {
    return await doing();
  } catch (error) {
    if (error instanceof ClusterFailure && error.reason === 'not-authorized') return false;
    throw error;
  }
}
