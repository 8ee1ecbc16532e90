import {
  ClusterFailure,
  type ConfigEntry,
  type GroupDescription,
  type KafkaAdmin,
  type Outcome,
  type QuotaEntry,
  quotaKey,
  type Reassignment,
  type ScramCredential,
} from '../../../lib/kafka';
import { type AclEntry, aclKey } from '../../../lib/model';

/** A topic of the stand-in. */
export interface StandInTopic {
  replicas: number[][];
  config: Map<string, string>;
}

/** What a stand-in cluster holds; tests look at it and change it behind the program's back. */
export interface StandInState {
  readonly clusterId: string;
  brokers: { id: number; host: string; port: number; rack?: string }[];
  readonly topics: Map<string, StandInTopic>;
  /** Undefined: no authorizer runs. */
  acls: Map<string, AclEntry> | undefined;
  readonly users: Map<string, ScramCredential[]>;
  /** What was last given as a password, by `user/mechanism`. */
  readonly passwords: Map<string, string>;
  readonly quotas: Map<string, QuotaEntry>;
  groups: GroupDescription[];
  bytesPerPartition: number;
  mayList: boolean;
  readonly brokerConfigs: Map<number | 'all', Record<string, string>>;
}

export function standInState(
  options: { readonly brokers?: number; readonly racks?: readonly string[]; readonly authorizer?: boolean } = {},
): StandInState {
  const { brokers = 3, racks, authorizer = true } = options;
  return {
    clusterId: '4L6g3nShT-eMCtK--X86sw',
    brokers: Array.from({ length: brokers }, (_, index) => {
      const rack = racks?.[index % racks.length];
      return { id: index + 1, host: 'localhost', port: 9092 + index, ...(rack === undefined ? {} : { rack }) };
    }),
    topics: new Map(),
    acls: authorizer ? new Map() : undefined,
    users: new Map(),
    passwords: new Map(),
    quotas: new Map(),
    groups: [],
    bytesPerPartition: 0,
    mayList: true,
    brokerConfigs: new Map(),
  };
}

/** Thrown by a stand-in for "the process was killed here": no outcome, no cleaning up. */
export class Killed extends Error {}

/** Told of every request before and after it takes effect; may throw, and may wait. */
export type Spy = (request: string, moment: 'before' | 'after') => void | Promise<void>;

const done: Outcome = { done: true };

/** A cluster of plain maps behind the port, as strict as Kafka about what is and isn't there. */
export function standInAdmin(state: StandInState, spy: Spy = () => undefined): KafkaAdmin {
  let sent = 0;
  const request = async <Answer>(name: string, act: () => Answer): Promise<Answer> => {
    sent++;
    await spy(name, 'before');
    const answer = act();
    await spy(name, 'after');
    return answer;
  };
  const each = <Key extends string, Item>(items: Iterable<readonly [Key, Item]>, act: (item: Item, key: Key) => Outcome | undefined) =>
    new Map([...items].map(([key, item]) => [key as string, act(item, key) ?? done]));
  const refuse = (reason: Extract<Outcome, { done: false }>['reason'], message: string): Outcome => ({ done: false, reason, message });
  const spreadOver = (partitions: number, factor: number, from = 0) =>
    Array.from({ length: partitions }, (_, index) =>
      Array.from({ length: factor }, (_, replica) => state.brokers[(from + index + replica) % state.brokers.length]?.id ?? 0),
    );
  const acls = () => {
    if (state.acls === undefined) throw new Error('no authorizer');
    return state.acls;
  };
  return {
    cluster: () => request('cluster', () => ({ clusterId: state.clusterId, controllerId: 1, brokers: [...state.brokers] })),
    topics: (names) =>
      request('topics', () =>
        [...state.topics]
          .filter(([name]) => state.mayList && (names === undefined || names.includes(name)))
          .map(([name, { replicas }]) => ({
            name,
            internal: false,
            partitions: replicas.map((list, id) => ({ id, leader: list[0], replicas: [...list], isr: [...list] })),
          })),
      ),
    mayListTopics: () => request('mayListTopics', () => state.mayList),
    topicConfigs: (topics, keys) =>
      request('topicConfigs', () => {
        const entriesOf = (name: string): ConfigEntry[] => {
          const { config } = state.topics.get(name) ?? { config: new Map<string, string>() };
          const own = [...config].map(([key, value]): ConfigEntry => ({ key, value, source: 'topic' }));
          if (keys === undefined) return own;
          return keys.map((key) => own.find((entry) => entry.key === key) ?? { key, value: defaults[key] ?? '0', source: 'default' });
        };
        return new Map(topics.filter((name) => state.topics.has(name)).map((name) => [name, entriesOf(name)]));
      }),
    createTopics: (topics) =>
      request('createTopics', () =>
        each(
          topics.map((topic) => [topic.name, topic] as const),
          ({ name, partitions, replicationFactor, config }) => {
            if (state.topics.has(name)) return refuse('already-exists', `Topic '${name}' already exists.`);
            if (replicationFactor > state.brokers.length) return refuse('invalid', 'Replication factor larger than available brokers');
            state.topics.set(name, {
              replicas: spreadOver(partitions, replicationFactor),
              config: new Map(Object.entries(config).map(([key, value]) => [key, String(value)])),
            });
            return undefined;
          },
        ),
      ),
    createPartitions: (totals) =>
      request('createPartitions', () =>
        each(totals, (total, name) => {
          const topic = state.topics.get(name);
          if (topic === undefined) return refuse('not-found', 'no such topic');
          if (total <= topic.replicas.length) return refuse('invalid', 'the topic has as many partitions already');
          topic.replicas.push(...spreadOver(total - topic.replicas.length, topic.replicas[0]?.length ?? 1, topic.replicas.length));
          return undefined;
        }),
      ),
    alterTopicConfigs: (changes) =>
      request('alterTopicConfigs', () =>
        each(changes, (change, name) => {
          const topic = state.topics.get(name);
          if (topic === undefined) return refuse('not-found', 'no such topic');
          for (const [key, value] of Object.entries(change)) value === null ? topic.config.delete(key) : topic.config.set(key, value);
          return undefined;
        }),
      ),
    brokerConfigs: (brokers) =>
      request('brokerConfigs', () => {
        const entriesOf = (broker: number | 'all') =>
          Object.entries(state.brokerConfigs.get(broker) ?? {}).map(([key, value]): ConfigEntry => ({ key, value, source: 'broker' }));
        return new Map(brokers.map((broker) => [broker, entriesOf(broker)]));
      }),
    alterBrokerConfigs: (changes) =>
      request('alterBrokerConfigs', () => {
        for (const [broker, change] of changes) {
          const kept = Object.entries({ ...state.brokerConfigs.get(broker), ...change }).filter(([, value]) => value !== null);
          if (kept.length === 0) state.brokerConfigs.delete(broker);
          else state.brokerConfigs.set(broker, Object.fromEntries(kept) as Record<string, string>);
        }
        return new Map([...changes.keys()].map((broker) => [String(broker), done]));
      }),
    deleteTopics: (names) =>
      request('deleteTopics', () =>
        each(
          names.map((name) => [name, name] as const),
          (name) => (state.topics.delete(name) ? undefined : refuse('not-found', 'no such topic')),
        ),
      ),
    reassign: (moves) =>
      request('reassign', () =>
        each(moves, (replicas, key) => {
          const dash = key.lastIndexOf('-');
          const topic = state.topics.get(key.slice(0, dash));
          if (topic === undefined) return refuse('not-found', 'no such topic');
          if (replicas !== null) topic.replicas[Number(key.slice(dash + 1))] = [...replicas];
          return undefined;
        }),
      ),
    reassignments: () => request('reassignments', () => new Map<string, Reassignment>()),
    electPreferredLeaders: () => request('electPreferredLeaders', () => new Map()),
    logSizes: (brokers) =>
      request('logSizes', () => {
        const partitions = [...state.topics].flatMap(([name, { replicas }]) =>
          replicas.map((_, id): [string, number] => [`${name}-${id}`, state.bytesPerPartition]),
        );
        return new Map(brokers.map((broker) => [broker, new Map(partitions)]));
      }),
    acls: async () => {
      const answer = await request('acls', () => (state.acls === undefined ? undefined : [...state.acls.values()]));
      if (answer === undefined) throw new ClusterFailure('unsupported', 'no authorizer is configured');
      return answer;
    },
    createAcls: (entries) =>
      request('createAcls', () =>
        each(
          entries.map((entry) => [aclKey(entry), entry] as const),
          (entry, key) => {
            acls().set(key, entry);
            return undefined;
          },
        ),
      ),
    deleteAcls: (entries) =>
      request('deleteAcls', () =>
        each(
          entries.map((entry) => [aclKey(entry), entry] as const),
          (_, key) => (acls().delete(key) ? undefined : refuse('not-found', 'there is no such ACL')),
        ),
      ),
    scramUsers: () => request('scramUsers', () => new Map([...state.users].map(([user, credentials]) => [user, [...credentials]]))),
    upsertScramUsers: (users) =>
      request('upsertScramUsers', () =>
        each(
          users.map((user) => [`${user.user}/${user.mechanism}`, user] as const),
          ({ user, mechanism, iterations, password }, key) => {
            state.passwords.set(key, password);
            state.users.set(user, [
              ...(state.users.get(user) ?? []).filter((each) => each.mechanism !== mechanism),
              { mechanism, iterations },
            ]);
            return undefined;
          },
        ),
      ),
    deleteScramUsers: (users) =>
      request('deleteScramUsers', () =>
        each(
          users.map((user) => [`${user.user}/${user.mechanism}`, user] as const),
          ({ user, mechanism }, key) => {
            if (!state.passwords.delete(key)) return refuse('not-found', 'no such credential');
            const left = (state.users.get(user) ?? []).filter((credential) => credential.mechanism !== mechanism);
            if (left.length === 0) state.users.delete(user);
            else state.users.set(user, left);
            return undefined;
          },
        ),
      ),
    quotas: () => request('quotas', () => [...state.quotas.values()]),
    alterQuotas: (changes) =>
      request('alterQuotas', () =>
        each(
          changes.map((change) => [quotaKey(change), change] as const),
          ({ limits, ...who }, key) => {
            const kept = Object.entries({ ...state.quotas.get(key)?.limits, ...limits }).filter(([, value]) => value !== null);
            if (kept.length === 0) state.quotas.delete(key);
            else state.quotas.set(key, { ...who, limits: Object.fromEntries(kept) as Record<string, number> });
            return undefined;
          },
        ),
      ),
    groups: () => request('groups', () => [...state.groups]),
    groupOffsets: () => request('groupOffsets', () => new Map()),
    metadataLag: () => request('metadataLag', () => new Map([[1, 0n]])),
    requestsSent: () => sent,
    close: async () => undefined,
  };
}

/** What topics inherit, of the settings that the tests use. */
const defaults: Readonly<Record<string, string>> = { 'retention.ms': '604800000', 'cleanup.policy': 'delete', 'retention.bytes': '-1' };
