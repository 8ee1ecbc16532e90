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
export { clientsFor } from './clients';
export type { ConnectCluster, Connector, ConnectorConfig, ConnectorState } from './connect';
export { Unanswered } from './failure';
export { type ClientOptions, clientFor } from './kafka-admin';
export { recordLogFor } from './kafka-record-log';
export { type MemoryLogin, memoryAdmin } from './memory/memory-admin';
export { MemoryCluster, type MemoryClusterOptions, type MemoryRequest } from './memory/memory-cluster';
export { memoryConnect } from './memory/memory-connect';
export { memoryRecordLog } from './memory/memory-record-log';
export { memorySchemaRegistry } from './memory/memory-schema-registry';
export type { ClusterState } from './memory/state';
export { parsePartitionKey, partitionKey } from './protocol/topic-partitions';
export { quotaKey } from './quota-key';
export { Fenced, type Hold, type RecordLog } from './record-log';
export { connectClusterFor } from './rest-connect';
export { schemaRegistryFor } from './rest-schema-registry';
export type {
  CompatibilityLevel,
  NewSchema,
  RegisteredSchema,
  SchemaOutcome,
  SchemaReference,
  SchemaRegistry,
  SchemaType,
} from './schema-registry';
export type { ServiceConnection } from './service';
