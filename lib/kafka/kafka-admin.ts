import type { AclEntry, ScramMechanism } from '../model';
import type { ClusterDescription, Connection, KafkaAdmin, LogHook, NewScramCredential, NewTopic, QuotaEntry, WriteOptions } from './admin';
import { addAcls, readAcls, removeAcls } from './calls/acls';
import { changeBrokerConfigs, changeTopicConfigs, describeBrokerConfigs, describeTopicConfigs } from './calls/configs';
import { readMetadataLog } from './calls/quorum';
import { createNewTopics, describeTopics, growTopics, removeTopics } from './calls/topics';
import { seesAllTopics } from './calls/visibility';
import { Session } from './session';

export interface ClientOptions {
  /** What the library beneath has to warn of. @default - it is dropped */
  readonly log?: LogHook;
}

// Most runs need nothing of these.
const groups = () => require('./calls/groups') as typeof import('./calls/groups');
const placement = () => require('./calls/placement') as typeof import('./calls/placement');
const quotas = () => require('./calls/quotas') as typeof import('./calls/quotas');
const users = () => require('./calls/users') as typeof import('./calls/users');

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
    reassign: (moves) => placement().moveReplicas(session, moves),
    reassignments: () => placement().movesUnderWay(session),
    electPreferredLeaders: (partitions: readonly string[]) => placement().elect(session, partitions),
    logSizes: (brokers: readonly number[]) => placement().replicaSizes(session, brokers),
    acls: () => readAcls(session),
    createAcls: (entries: readonly AclEntry[]) => addAcls(session, entries),
    deleteAcls: (entries: readonly AclEntry[]) => removeAcls(session, entries),
    scramUsers: () => users().readUsers(session),
    upsertScramUsers: (wanted: readonly NewScramCredential[]) => users().upsertUsers(session, wanted),
    deleteScramUsers: (leaving: readonly { readonly user: string; readonly mechanism: ScramMechanism }[]) =>
      users().removeUsers(session, leaving),
    quotas: () => quotas().readQuotas(session),
    alterQuotas: (changes: readonly QuotaEntry<number | null>[], write?: WriteOptions) => quotas().changeQuotas(session, changes, write),
    groups: () => groups().readGroups(session),
    groupOffsets: (group: string) => groups().readGroupOffsets(session, group),
    setGroupOffsets: (group, offsets) => groups().writeGroupOffsets(session, group, offsets),
    metadataLog: () => readMetadataLog(session),
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
