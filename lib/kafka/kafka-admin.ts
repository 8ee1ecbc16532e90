import type { AclEntry, ScramMechanism } from '../model';
import type { ClusterDescription, Connection, KafkaAdmin, LogHook, NewScramCredential, NewTopic, QuotaEntry, WriteOptions } from './admin';
import { addAcls, readAcls, removeAcls } from './calls/acls';
import { changeBrokerConfigs, changeTopicConfigs, describeBrokerConfigs, describeTopicConfigs } from './calls/configs';
import { readGroupOffsets, readGroups, writeGroupOffsets } from './calls/groups';
import { elect, moveReplicas, movesUnderWay, replicaSizes } from './calls/placement';
import { readMetadataLag } from './calls/quorum';
import { changeQuotas, readQuotas } from './calls/quotas';
import { createNewTopics, describeTopics, growTopics, removeTopics } from './calls/topics';
import { readUsers, removeUsers, upsertUsers } from './calls/users';
import { seesAllTopics } from './calls/visibility';
import { Session } from './session';

export interface ClientOptions {
  /** What the library beneath has to warn of. @default - it is dropped */
  readonly log?: LogHook;
}

/** A client of the cluster at the other end of a connection. It connects at the first call. */
export function clientFor(connection: Connection, options: ClientOptions = {}): KafkaAdmin {
  return adminOn(new Session(connection, options.log));
}

/** A client over a session that others may share. */
export function adminOn(session: Session): KafkaAdmin {
  return {
    cluster: () => describeCluster(session),
    topics: (names?: readonly string[]) => describeTopics(session, names),
    mayListTopics: () => seesAllTopics(session),
    topicConfigs: (topics: readonly string[], keys?: readonly string[]) => describeTopicConfigs(session, topics, keys),
    createTopics: (topics: readonly NewTopic[], write?: WriteOptions) => createNewTopics(session, topics, write),
    createPartitions: (totals, write) => growTopics(session, totals, write),
    alterTopicConfigs: (changes, write) => changeTopicConfigs(session, changes, write),
    brokerConfigs: (brokers, keys) => describeBrokerConfigs(session, brokers, keys),
    alterBrokerConfigs: (changes, write) => changeBrokerConfigs(session, changes, write),
    deleteTopics: (names: readonly string[]) => removeTopics(session, names),
    reassign: (moves) => moveReplicas(session, moves),
    reassignments: () => movesUnderWay(session),
    electPreferredLeaders: (partitions: readonly string[]) => elect(session, partitions),
    logSizes: (brokers: readonly number[]) => replicaSizes(session, brokers),
    acls: () => readAcls(session),
    createAcls: (entries: readonly AclEntry[]) => addAcls(session, entries),
    deleteAcls: (entries: readonly AclEntry[]) => removeAcls(session, entries),
    scramUsers: () => readUsers(session),
    upsertScramUsers: (users: readonly NewScramCredential[]) => upsertUsers(session, users),
    deleteScramUsers: (users: readonly { readonly user: string; readonly mechanism: ScramMechanism }[]) => removeUsers(session, users),
    quotas: () => readQuotas(session),
    alterQuotas: (changes: readonly QuotaEntry<number | null>[], write?: WriteOptions) => changeQuotas(session, changes, write),
    groups: () => readGroups(session),
    groupOffsets: (group: string) => readGroupOffsets(session, group),
    setGroupOffsets: (group, offsets) => writeGroupOffsets(session, group, offsets),
    metadataLag: () => readMetadataLag(session),
    guardWrites: (prove) => {
      session.guard = prove;
    },
    requestsSent: () => session.requests,
    close: () => session.close(),
  };
}

async function describeCluster(session: Session): Promise<ClusterDescription> {
  const { clusterId, controllerId, brokers } = await session.metadata([]);
  return {
    clusterId,
    controllerId: controllerId < 0 ? undefined : controllerId,
    brokers: brokers.map(({ rack, ...broker }) => ({ ...broker, ...(rack === null ? {} : { rack }) })).sort((a, b) => a.id - b.id),
  };
}
