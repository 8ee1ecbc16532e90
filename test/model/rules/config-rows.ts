import type { Row } from './row';

export const configRows: readonly Row[] = [
  {
    code: 'config/unknown-key',
    change: { 'kafka/config/num.io.treads': 8 },
    path: ['kafka', 'config', 'num.io.treads'],
    message: 'unknown broker setting "num.io.treads" in Kafka 3.9; the nearest known is "num.io.threads"',
  },
  {
    code: 'config/client-setting',
    change: { 'topics/orders/config/linger.ms': 5 },
    path: ['topics', 'orders', 'config', 'linger.ms'],
    message: `"linger.ms" is a producer setting, not a topic's; move it under "clients" as "linger.ms" of the producer`,
  },
  {
    code: 'config/wrong-scope',
    change: { 'nodePools/1/config': { 'retention.ms': 5 } },
    path: ['nodePools', 1, 'config', 'retention.ms'],
    message: `"retention.ms" is a topic setting, not a broker's; for the default of all topics write "log.retention.ms"`,
  },
  {
    code: 'config/listener-case',
    change: { 'kafka/config/listener.name.EXTERNAL.max.connections': 5 },
    path: ['kafka', 'config', 'listener.name.EXTERNAL.max.connections'],
    message:
      '"listener.name.EXTERNAL.max.connections" is ignored by Kafka, which reads prefixes in lower case; write "listener.name.external.max.connections"',
  },
  {
    code: 'config/wrong-type',
    change: { 'topics/orders/config/retention.ms': '7d' },
    path: ['topics', 'orders', 'config', 'retention.ms'],
    message: '"retention.ms" "7d" is not a whole number; Kafka knows no unit suffixes, write the plain number',
  },
  {
    code: 'config/out-of-range',
    change: { 'kafka/config/num.io.threads': 0 },
    path: ['kafka', 'config', 'num.io.threads'],
    message: '"num.io.threads" 0 is below 1; raise it to at least 1',
  },
  {
    code: 'config/not-allowed',
    change: { 'clients/bulk/producer/compression.type': 'lz5' },
    path: ['clients', 'bulk', 'producer', 'compression.type'],
    message: '"compression.type" does not allow "lz5"; write one of gzip, lz4, none, snappy, zstd',
  },
  {
    code: 'config/inexact-number',
    change: { 'topics/orders/config/flush.messages': 2 ** 63 },
    path: ['topics', 'orders', 'config', 'flush.messages'],
    message: '"flush.messages" 9223372036854776000 is beyond ±9007199254740991 and already rounded; write the number in quotes',
  },
  {
    code: 'config/owned',
    change: { 'kafka/config/advertised.listeners': 'INTERNAL://kafka:9092' },
    path: ['kafka', 'config', 'advertised.listeners'],
    message: '"advertised.listeners" follows from other fields; say it under listeners and platform.*.listeners',
  },
  {
    code: 'internal-topics/replication-exceeds-brokers',
    change: { 'kafka/config/offsets.topic.replication.factor': 4 },
    path: ['kafka', 'config', 'offsets.topic.replication.factor'],
    message: 'offsets.topic.replication.factor 4 is above the 3 brokers; lower it to at most 3 or add brokers',
  },
  {
    code: 'internal-topics/single-replica',
    change: { 'kafka/config/transaction.state.log.replication.factor': 1 },
    path: ['kafka', 'config', 'transaction.state.log.replication.factor'],
    message: 'transaction.state.log.replication.factor 1 in production is lost with one disk; use 3',
  },
  {
    code: 'internal-topics/min-isr-exceeds-replication',
    change: { 'kafka/config/transaction.state.log.replication.factor': 2, 'kafka/config/transaction.state.log.min.isr': 3 },
    path: ['kafka', 'config', 'transaction.state.log.min.isr'],
    message: 'transaction.state.log.min.isr 3 is above the transaction.state.log.replication.factor 2; lower it to at most 1',
  },
  {
    code: 'topic/deletion-disabled',
    change: { 'kafka/config/delete.topic.enable': false, 'convergence/deleteTopics': true },
    path: ['kafka', 'config', 'delete.topic.enable'],
    message: 'delete.topic.enable=false refuses what convergence.deleteTopics: true wants; change one of them',
  },
  {
    code: 'topic/auto-creation',
    severity: 'warning',
    change: { 'kafka/config/auto.create.topics.enable': true },
    path: ['kafka', 'config', 'auto.create.topics.enable'],
    message: 'auto.create.topics.enable=true in production makes topics nobody declared; write false',
  },
];
