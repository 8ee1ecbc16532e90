import type { Operation } from './access';
import { type AclEntry, aclSet, allow, clusterResource, type ResourceGrant } from './acl-entry';

/** Where the principal may come from. */
export interface GrantOptions {
  /** @default ['*'] */
  readonly hosts?: readonly string[];
}

/** @see producerAcls */
export interface ProducerGrantOptions extends GrantOptions {
  /** Ends in `*` for a prefix. @default none: the producer is not transactional */
  readonly transactionalIds?: readonly string[];
}

/** @see consumerAcls */
export interface ConsumerGrantOptions extends GrantOptions {
  /** The groups it may join; ends in `*` for a prefix. */
  readonly groups: readonly string[];
}

const reading: readonly Operation[] = ['READ', 'DESCRIBE'];
const writing: readonly Operation[] = ['WRITE', 'DESCRIBE'];

const grants = (resourceType: ResourceGrant['resourceType'], names: readonly string[], operations: readonly Operation[]): ResourceGrant[] =>
  names.map((name) => ({ resourceType, name, operations }));

function entries(principal: string, options: GrantOptions, list: readonly ResourceGrant[]): readonly AclEntry[] {
  const user = /^\w+:/.test(principal) ? principal : `User:${principal}`;
  return aclSet(allow(user, options.hosts ?? ['*'], list));
}

/**
 * What it takes to write to topics, in transactions too where ids are given. Writing to a topic lets a producer be idempotent
 * since Kafka 3.0, so no ACL on the cluster is needed.
 */
export function producerAcls(principal: string, topics: readonly string[], options: ProducerGrantOptions = {}): readonly AclEntry[] {
  return entries(principal, options, [
    ...grants('TOPIC', topics, writing),
    ...grants('TRANSACTIONAL_ID', options.transactionalIds ?? [], writing),
  ]);
}

/** What it takes to read topics as a member of a group and to commit offsets. */
export function consumerAcls(principal: string, topics: readonly string[], options: ConsumerGrantOptions): readonly AclEntry[] {
  return entries(principal, options, [...grants('TOPIC', topics, reading), ...grants('GROUP', options.groups, ['READ'])]);
}

/** What a Kafka Streams application needs: its topics, its group, and everything that begins with its application id. */
export function streamsAcls(
  principal: string,
  application: { readonly applicationId: string; readonly reads: readonly string[]; readonly writes: readonly string[] },
  options: GrantOptions = {},
): readonly AclEntry[] {
  const { applicationId, reads, writes } = application;
  return entries(principal, options, [
    ...grants('TOPIC', reads, reading),
    ...grants('TOPIC', writes, writing),
    ...grants('TOPIC', [`${applicationId}-*`], ['READ', 'WRITE', 'CREATE', 'DELETE', 'DESCRIBE', 'DESCRIBE_CONFIGS']),
    ...grants('GROUP', [applicationId], ['READ', 'DESCRIBE']),
    ...grants('TRANSACTIONAL_ID', [`${applicationId}-*`], writing),
  ]);
}

/** What a Connect cluster needs: its group, its storage topics, the topics of its connectors, and the groups of its sinks. */
export function connectAcls(
  principal: string,
  connect: {
    readonly group: string;
    readonly storageTopics: readonly string[];
    readonly reads: readonly string[];
    readonly writes: readonly string[];
  },
  options: GrantOptions = {},
): readonly AclEntry[] {
  const { group, storageTopics, reads, writes } = connect;
  return entries(principal, options, [
    ...grants('GROUP', [group], ['READ', 'DESCRIBE']),
    ...grants('TOPIC', storageTopics, ['READ', 'WRITE', 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS']),
    ...grants('TOPIC', reads, reading),
    ...grants('TOPIC', writes, writing),
    // Sink connectors read as the groups connect-<connector>.
    ...(reads.length === 0 ? [] : grants('GROUP', ['connect-*'], ['READ', 'DESCRIBE'])),
  ]);
}

/** Everything on everything. */
export function adminAcls(principal: string, options: GrantOptions = {}): readonly AclEntry[] {
  return entries(principal, options, [
    ...grants('CLUSTER', [clusterResource], ['ALL']),
    ...(['TOPIC', 'GROUP', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN'] as const).flatMap((type) => grants(type, ['*'], ['ALL'])),
  ]);
}
