export type {
  ClusterDescription,
  ConfigEntry,
  Connection,
  GroupDescription,
  KafkaAdmin,
  LogHook,
  NewScramCredential,
  NewTopic,
  Outcome,
  Outcomes,
  PartitionDescription,
  QuotaEntry,
  QuotaLimit,
  Reason,
  Reassignment,
  ScramCredential,
  TopicDescription,
  WriteOptions,
} from './admin';
export { ClusterFailure } from './admin';
export { type ClientOptions, clientFor } from './kafka-admin';
export { parsePartitionKey, partitionKey } from './protocol/topic-partitions';
export { quotaKey } from './quota-key';
