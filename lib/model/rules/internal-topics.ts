import { brokersOf, type Environment } from '../environment';
import type { Path } from '../problem';
import { wholeNumber } from '../topic-settings';
import type { Finding, Rule } from './rule';
import { count } from './words';

const factors = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'share.coordinator.state.topic.replication.factor',
] as const;

/** Which minimum belongs to which factor. */
const minimums = [
  ['min.insync.replicas', 'default.replication.factor'],
  ['transaction.state.log.min.isr', 'transaction.state.log.replication.factor'],
  ['share.coordinator.state.topic.min.isr', 'share.coordinator.state.topic.replication.factor'],
] as const;

interface Written {
  readonly key: string;
  readonly value: number;
  readonly path: Path;
}

/** What the file says; what it leaves out is chosen to fit. */
function written(environment: Environment, key: string): Written[] {
  const places = [
    { config: environment.kafka.config, path: ['kafka', 'config', key] },
    ...environment.pools.map(({ config }, index) => ({ config, path: ['nodePools', index, 'config', key] })),
  ];
  return places.flatMap(({ config, path }) => {
    const value = wholeNumber(config[key]);
    return value === undefined ? [] : [{ key, value, path }];
  });
}

function checkMinimums(environment: Environment): Finding[] {
  const brokers = brokersOf(environment).length;
  return minimums.flatMap(([key, factorKey]) =>
    written(environment, key).flatMap(({ value, path }) => {
      const factor = written(environment, factorKey)[0]?.value;
      const limit = factor ?? (brokers || Number.POSITIVE_INFINITY);
      const what = factor === undefined ? count(brokers, 'broker') : `${factorKey} ${factor}`;
      return value > limit
        ? [{ path, message: `${key} ${value} is above the ${what}; lower it to at most ${Math.max(1, limit - 1)}` }]
        : [];
    }),
  );
}

const reads = ['nodePools.*.ids', 'nodePools.*.roles.**'];

export const internalTopicRules: readonly Rule[] = [
  {
    code: 'internal-topics/replication-exceeds-brokers',
    severity: 'error',
    reason: 'Without its internal topics Kafka keeps no offsets and no transactions.',
    reads,
    check: (environment) => {
      const brokers = brokersOf(environment).length;
      return factors
        .flatMap((key) => written(environment, key))
        .filter(({ value }) => brokers > 0 && value > brokers)
        .map(({ key, value, path }) => ({
          path,
          message: `${key} ${value} is above the ${count(brokers, 'broker')}; lower it to at most ${brokers} or add brokers`,
        }));
    },
  },
  {
    code: 'internal-topics/single-replica',
    severity: 'error',
    reason: 'In production offsets and transactions must survive the loss of a disk.',
    reads: ['kind'],
    check: (environment) =>
      environment.kind !== 'production'
        ? []
        : factors
            .flatMap((key) => written(environment, key))
            .filter(({ value }) => value === 1)
            .map(({ key, path }) => ({ path, message: `${key} 1 in production is lost with one disk; use 3` })),
  },
  {
    code: 'internal-topics/min-isr-exceeds-replication',
    severity: 'error',
    reason: 'With more required replicas than there are, no write with acks=all can succeed.',
    reads,
    check: checkMinimums,
  },
];
