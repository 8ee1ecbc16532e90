import type { Row } from './row';

export const topicsRows: readonly Row[] = [
  {
    code: 'topic/replication-exceeds-brokers',
    change: { 'topics/orders/replicationFactor': 5 },
    path: ['topics', 'orders', 'replicationFactor'],
    message: 'replication factor 5 is above the 3 brokers; lower it to at most 3 or add brokers',
  },
  {
    code: 'topic/single-replica',
    severity: 'warning',
    change: { 'topics/orders/replicationFactor': 1, 'topics/orders/config/min.insync.replicas': 1 },
    path: ['topics', 'orders', 'replicationFactor'],
    message: 'replication factor 1 of "orders" in production: its data is lost with one disk; use 3',
  },
  {
    code: 'topic/min-isr-exceeds-replication',
    change: { 'topics/orders/config/min.insync.replicas': 4 },
    path: ['topics', 'orders', 'config', 'min.insync.replicas'],
    message: 'min.insync.replicas 4 is above the replication factor 3; lower it to at most 2',
  },
  {
    code: 'topic/min-isr-equals-replication',
    severity: 'warning',
    change: { 'topics/orders/config/min.insync.replicas': 3 },
    path: ['topics', 'orders', 'config', 'min.insync.replicas'],
    message: 'min.insync.replicas 3 equals the replication factor: one broker down stops writes with acks=all; lower it to 2',
  },
  {
    code: 'topic/name-collision',
    change: { 'topics/user.attempts': {}, 'topics/user_attempts': {} },
    path: ['topics', 'user_attempts'],
    message: 'topic "user_attempts" differs from "user.attempts" only in . and _, which collide in metrics; rename one',
  },
  {
    code: 'topic/reserved-name',
    change: { 'topics/__consumer_offsets': {} },
    path: ['topics', '__consumer_offsets'],
    message: `topic "__consumer_offsets" is Kafka's own; remove it`,
  },
  {
    code: 'topic/too-many-partitions',
    severity: 'warning',
    change: { 'topics/customers/partitions': 5000 },
    path: ['topics'],
    message: '15036 replicas of partitions on 3 brokers are 5012 each, above 4000; use fewer partitions or more brokers',
  },
  {
    code: 'topic/compact-ignores-retention',
    severity: 'warning',
    change: { 'topics/customers/config/retention.ms': 86400000 },
    path: ['topics', 'customers', 'config', 'retention.ms'],
    message: 'retention.ms 86400000 has no effect with cleanup.policy=compact; write "compact,delete" or remove it',
  },
  {
    code: 'topic/segment-exceeds-retention',
    severity: 'warning',
    change: { 'topics/orders/config/retention.bytes': 1000000 },
    path: ['topics', 'orders', 'config', 'retention.bytes'],
    message:
      'retention.bytes 1000000 is below segment.bytes 1073741824, and only whole segments are deleted; lower segment.bytes or raise retention.bytes',
  },
  {
    code: 'quota/no-subject',
    change: { 'quotas/0': { producerByteRate: 1 } },
    path: ['quotas', 0],
    message: 'quota is for nobody; add user, clientId or both',
  },
  {
    code: 'quota/no-limit',
    change: { 'quotas/0': { user: 'report', clientId: 'bi' } },
    path: ['quotas', 0],
    message:
      'quota of user "report" with client id "bi" has no limit; add one of producerByteRate, consumerByteRate, requestPercentage, controllerMutationRate',
  },
  {
    code: 'quota/duplicate',
    change: { 'quotas/1': { user: 'report', producerByteRate: 1000 } },
    path: ['quotas', 1],
    message: 'quota of user "report" stands in the list twice; put its limits together',
  },
  {
    code: 'monitoring/thresholds-reversed',
    change: { 'monitoring/thresholds/consumerLagWarning': 20000 },
    path: ['monitoring', 'thresholds', 'consumerLagWarning'],
    message: 'consumerLagWarning 20000 is not below consumerLagCritical 10000; lower it or raise the other',
  },
];
