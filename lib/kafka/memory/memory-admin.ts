import { randomUUID } from 'node:crypto';
import { type AclEntry, aclKey, type ScramMechanism } from '../../model';
import { ClusterFailure, type KafkaAdmin, type Outcome, type Outcomes } from '../admin';
import { quotaKey } from '../quota-key';
import { addAcl, changeQuota, removeAcl, removeUser, upsertUser, usersOf } from './access';
import { type MemoryCluster, refused } from './memory-cluster';
import { commitOffset, elect, move, movesOf, sizesOn } from './placement';
import type { ClusterState } from './state';
import { change, changeConfig, configOf, create, describe, grow, remove } from './topics';

const clusterName = 'kafka-cluster';
const notAuthorized = refused('not-authorized', 'Authorization failed.');

/** Who a client of a cluster in memory is. Without one it is the administrator, who may do anything. */
export interface MemoryLogin {
  readonly user: string;
  readonly password: string;
  readonly mechanism: ScramMechanism;
}

/** A client of a cluster in memory. */
export function memoryAdmin(cluster: MemoryCluster, login?: MemoryLogin): KafkaAdmin {
  const user = login?.user;
  let sent = 0;
  let closed = false;
  let loggedIn = login === undefined;
  let guard: (() => Promise<void>) | undefined;

  const enter = (): void => {
    if (closed) throw new ClusterFailure('closed', 'this client has been closed');
    sent++;
    if (loggedIn || login === undefined) return;
    if (cluster.state.users.get(login.user)?.get(login.mechanism)?.password !== login.password)
      throw new ClusterFailure('authentication-failed', 'the cluster refused the user or the password');
    loggedIn = true;
  };
  const may = (operation: AclEntry['operation'], type: AclEntry['resourceType'], name: string) => cluster.may(user, operation, type, name);
  const mayOnCluster = (operation: AclEntry['operation']) => may(operation, 'CLUSTER', clusterName);
  const read = async <T>(call: string, answer: (state: ClusterState) => T, needs?: AclEntry['operation']): Promise<T> => {
    enter();
    return cluster.read({ call, user }, (state) => {
      if (needs !== undefined && !mayOnCluster(needs))
        throw new ClusterFailure('not-authorized', `${call}: not authorized for the cluster`);
      return answer(state);
    });
  };
  const write = async <Item>(
    call: string,
    items: Iterable<readonly [key: string, item: Item]>,
    allowed: (key: string) => boolean,
    effect: (state: ClusterState, item: Item, key: string) => Outcome,
  ): Promise<Outcomes> => {
    const all = new Map(items);
    if (all.size === 0) return new Map();
    await guard?.();
    enter();
    return cluster.write({ call, user }, all, (state, key, item) => (allowed(key) ? effect(state, item, key) : notAuthorized));
  };
  const mayAlter = () => mayOnCluster('ALTER');
  const mayAlterConfigs = () => mayOnCluster('ALTER_CONFIGS');
  const authorizer = (): void => {
    if (cluster.options.authorizer === false) throw new ClusterFailure('unsupported', 'the cluster has no authorizer');
  };
  const withoutAuthorizer = refused('unsupported', 'the cluster has no authorizer');
  const hasAuthorizer = cluster.options.authorizer !== false;

  return {
    cluster: () =>
      read('cluster', () => ({
        clusterId: cluster.options.clusterId ?? 'memory',
        controllerId: cluster.brokerIds[0],
        brokers: [...cluster.brokers].sort((a, b) => a.id - b.id).map((broker) => ({ host: `broker-${broker.id}`, port: 9092, ...broker })),
      })),

    topics: async (names) => {
      if (names?.length === 0) return [];
      return read('topics', (state) => {
        const hidden = names?.filter((name) => !may('DESCRIBE', 'TOPIC', name)) ?? [];
        if (hidden.length > 0) throw new ClusterFailure('not-authorized', `not authorized to describe the topics ${hidden.join(', ')}`);
        return [...state.topics]
          .filter(([name]) => may('DESCRIBE', 'TOPIC', name) && (names?.includes(name) ?? true))
          .map((topic) => describe(state, topic));
      });
    },
    mayListTopics: () =>
      read('mayListTopics', ({ acls }) => {
        if (!hasAuthorizer) return true;
        const denied = [...acls.values()].filter(({ resourceType, permission }) => resourceType === 'TOPIC' && permission === 'DENY');
        const names = [randomUUID(), ...denied.map(({ resourceName }) => resourceName)];
        return mayOnCluster('DESCRIBE') && names.every((name) => may('DESCRIBE', 'TOPIC', name));
      }),
    topicConfigs: (topics, keys) =>
      read('topicConfigs', (state) => {
        const hidden = topics.filter((name) => !may('DESCRIBE_CONFIGS', 'TOPIC', name));
        if (hidden.length > 0) throw new ClusterFailure('not-authorized', `not authorized to describe the topics ${hidden.join(', ')}`);
        return new Map(
          topics.flatMap((name) => {
            const topic = state.topics.get(name);
            return topic === undefined ? [] : [[name, configOf(state, topic, keys)] as const];
          }),
        );
      }),
    createTopics: (topics, { validateOnly = false } = {}) =>
      write(
        'createTopics',
        topics.map((topic) => [topic.name, topic]),
        (name) => mayOnCluster('CREATE') || may('CREATE', 'TOPIC', name),
        (state, topic) => create(cluster, state, topic, validateOnly),
      ),
    createPartitions: (totals, { validateOnly = false } = {}) =>
      write(
        'createPartitions',
        totals,
        (name) => may('ALTER', 'TOPIC', name),
        (state, total, name) => grow(cluster, state, name, total, validateOnly),
      ),
    alterTopicConfigs: (changes, { validateOnly = false } = {}) =>
      write(
        'alterTopicConfigs',
        changes,
        (name) => may('ALTER_CONFIGS', 'TOPIC', name),
        (state, values, name) => changeConfig(state, name, values, validateOnly),
      ),
    brokerConfigs: (brokers, keys) =>
      read(
        'brokerConfigs',
        (state) =>
          new Map(
            brokers.map((broker) => {
              const source = broker === 'all' ? ('cluster' as const) : ('broker' as const);
              const entries = [...(state.brokerConfigs.get(broker) ?? [])].map(([key, value]) => ({ key, value, source }));
              return [broker, entries.filter(({ key }) => keys?.includes(key) ?? true)] as const;
            }),
          ),
        'DESCRIBE_CONFIGS',
      ),
    alterBrokerConfigs: (changes, { validateOnly = false } = {}) =>
      write(
        'alterBrokerConfigs',
        [...changes].map(([broker, values]) => [String(broker), { broker, values }]),
        mayAlterConfigs,
        (state, { broker, values }) => {
          const config = state.brokerConfigs.get(broker) ?? new Map<string, string>();
          state.brokerConfigs.set(broker, config);
          return change('broker', config, values, validateOnly);
        },
      ),
    deleteTopics: (names) =>
      write(
        'deleteTopics',
        names.map((name) => [name, name]),
        (name) => may('DELETE', 'TOPIC', name),
        remove,
      ),

    reassign: (moves) => write('reassign', moves, mayAlter, (state, to, key) => move(cluster, state, key, to)),
    reassignments: () => read('reassignments', movesOf, 'DESCRIBE'),
    electPreferredLeaders: (partitions) =>
      write(
        'electPreferredLeaders',
        partitions.map((key) => [key, key]),
        mayAlter,
        elect,
      ),
    logSizes: (brokers) => read('logSizes', (state) => new Map(brokers.map((id) => [id, sizesOn(state, id)])), 'DESCRIBE'),

    acls: () =>
      read(
        'acls',
        ({ acls }) => {
          authorizer();
          return [...acls.values()].map((entry) => ({ ...entry }));
        },
        'DESCRIBE',
      ),
    createAcls: (entries) =>
      write(
        'createAcls',
        entries.map((entry) => [aclKey(entry), entry]),
        mayAlter,
        (state, entry) => (hasAuthorizer ? addAcl(state, entry) : withoutAuthorizer),
      ),
    deleteAcls: (entries) =>
      write(
        'deleteAcls',
        entries.map((entry) => [aclKey(entry), entry]),
        mayAlter,
        (state, entry) => (hasAuthorizer ? removeAcl(state, entry) : withoutAuthorizer),
      ),

    scramUsers: () => read('scramUsers', usersOf, 'DESCRIBE'),
    upsertScramUsers: (users) =>
      write(
        'upsertScramUsers',
        users.map((each) => [`${each.user}/${each.mechanism}`, each]),
        mayAlter,
        upsertUser,
      ),
    deleteScramUsers: (users) =>
      write(
        'deleteScramUsers',
        users.map((each) => [`${each.user}/${each.mechanism}`, each]),
        mayAlter,
        removeUser,
      ),

    quotas: () => read('quotas', ({ quotas }) => [...quotas.values()].map((quota) => structuredClone(quota)), 'DESCRIBE_CONFIGS'),
    alterQuotas: (changes, { validateOnly = false } = {}) =>
      write(
        'alterQuotas',
        changes.map((each) => [quotaKey(each), each]),
        mayAlterConfigs,
        (state, each) => changeQuota(state, each, validateOnly),
      ),

    groups: () =>
      read('groups', ({ groups }) =>
        [...groups.values()].map(({ description }) => description).filter(({ group }) => may('DESCRIBE', 'GROUP', group)),
      ),
    groupOffsets: (group) => read('groupOffsets', ({ groups }) => new Map(groups.get(group)?.offsets ?? [])),

    setGroupOffsets: (group, offsets) =>
      write(
        'setGroupOffsets',
        offsets,
        () => may('READ', 'GROUP', group),
        (state, offset, key) => commitOffset(state, group, key, offset),
      ),

    metadataLog: () =>
      read(
        'metadataLog',
        (state) =>
          cluster.options.metadata === 'zookeeper'
            ? undefined
            : { committed: cluster.committedIn(state), lag: new Map(cluster.brokerIds.map((id) => [id, 0n])) },
        cluster.options.metadata === 'zookeeper' ? undefined : 'DESCRIBE',
      ),
    guardWrites: (prove) => {
      guard = prove;
    },
    requestsSent: () => sent,
    close: async () => {
      closed = true;
    },
  };
}
