import { brokersOf, type Environment } from '../environment';
import { minInsyncReplicas } from '../topic-settings';
import type { Finding, Rule } from './rule';
import { count } from './words';

/** How many replicas of partitions one broker can be expected to carry. */
const replicasPerBroker = 4000;

const minIsrPath = (name: string): Finding['path'] => ['topics', name, 'config', 'min.insync.replicas'];

/** Kafka's metrics write both `.` and `_` as `_`, so it refuses a topic that differs from another in these alone. */
function checkCollisions({ topics }: Environment): Finding[] {
  const first = new Map<string, string>();
  return topics.flatMap(({ name }) => {
    const folded = name.replaceAll('.', '_');
    const other = first.get(folded);
    if (other === undefined) {
      first.set(folded, name);
      return [];
    }
    return [
      { path: ['topics', name], message: `topic "${name}" differs from "${other}" only in . and _, which collide in metrics; rename one` },
    ];
  });
}

function checkLoad(environment: Environment): Finding[] {
  const brokers = brokersOf(environment).length;
  if (brokers === 0) return [];
  const replicas = environment.topics.reduce((sum, topic) => sum + topic.partitions * topic.replicationFactor, 0);
  const each = Math.ceil(replicas / brokers);
  return each <= replicasPerBroker
    ? []
    : [
        {
          path: ['topics'],
          message: `${replicas} replicas of partitions on ${count(brokers, 'broker')} are ${each} each, above ${replicasPerBroker}; use fewer partitions or more brokers`,
        },
      ];
}

const reads = ['nodePools.*.ids', 'nodePools.*.roles.**'];

export const topicRules: readonly Rule[] = [
  {
    code: 'topic/replication-exceeds-brokers',
    severity: 'error',
    reason: 'Every replica of a partition is on another broker.',
    reads,
    check: (environment) => {
      const brokers = brokersOf(environment).length;
      return environment.topics
        .filter(({ replicationFactor }) => brokers > 0 && replicationFactor > brokers)
        .map(({ name, replicationFactor }) => ({
          path: ['topics', name, 'replicationFactor'],
          message: `replication factor ${replicationFactor} is above the ${count(brokers, 'broker')}; lower it to at most ${brokers} or add brokers`,
        }));
    },
  },
  {
    code: 'topic/single-replica',
    severity: 'warning',
    reason: 'A topic with one replica is gone with its disk.',
    reads,
    check: (environment) =>
      environment.kind !== 'production'
        ? []
        : environment.topics
            .filter(({ replicationFactor }) => replicationFactor === 1)
            .map(({ name }) => ({
              path: ['topics', name, 'replicationFactor'],
              message: `replication factor 1 of "${name}" in production: its data is lost with one disk; use 3`,
            })),
  },
  {
    code: 'topic/min-isr-exceeds-replication',
    severity: 'error',
    reason: 'With more required replicas than there are, no write with acks=all can succeed.',
    reads: ['kafka.config.**'],
    check: (environment) =>
      environment.topics.flatMap((topic) => {
        const minIsr = minInsyncReplicas(environment, topic);
        if (minIsr <= topic.replicationFactor) return [];
        const message = `min.insync.replicas ${minIsr} is above the replication factor ${topic.replicationFactor}; lower it to at most ${Math.max(1, topic.replicationFactor - 1)}`;
        return [{ path: minIsrPath(topic.name), message }];
      }),
  },
  {
    code: 'topic/min-isr-equals-replication',
    severity: 'warning',
    reason: 'With all replicas required, the restart of one broker stops writes with acks=all.',
    reads: ['kafka.config.**'],
    check: (environment) =>
      environment.topics.flatMap((topic) => {
        const minIsr = minInsyncReplicas(environment, topic);
        if (minIsr <= 1 || minIsr !== topic.replicationFactor) return [];
        const message = `min.insync.replicas ${minIsr} equals the replication factor: one broker down stops writes with acks=all; lower it to ${minIsr - 1}`;
        return [{ path: minIsrPath(topic.name), message }];
      }),
  },
  { code: 'topic/name-collision', severity: 'error', reason: 'Kafka refuses the second of two such topics.', check: checkCollisions },
  {
    code: 'topic/reserved-name',
    severity: 'error',
    reason: 'Names that begin with two underscores are those of internal topics, which Kafka makes itself.',
    check: ({ topics }) =>
      topics
        .filter(({ name }) => /^__(consumer_offsets|transaction_state|cluster_metadata|share_group_state|remote_log_metadata)$/.test(name))
        .map(({ name }) => ({ path: ['topics', name], message: `topic "${name}" is Kafka's own; remove it` })),
  },
  {
    code: 'topic/too-many-partitions',
    severity: 'warning',
    reason: 'Each replica costs open files, memory and time at a failover.',
    reads,
    check: checkLoad,
  },
];
