import type { MonitoringOptions } from '../../../lib/runtime/metrics';

/** A cluster on ZooKeeper with everything around it. */
export const ZOOKEEPER: MonitoringOptions = {
  cluster: 'orders',
  metadata: 'zookeeper',
  brokers: 3,
  zookeepers: 3,
  lagExporter: true,
  partitionMetrics: true,
  volumes: { namespace: 'kafka', claims: 'data-.*' },
};

/** A KRaft cluster with everything around it. */
export const KRAFT: MonitoringOptions = {
  cluster: 'orders',
  metadata: 'kraft',
  brokers: 3,
  controllers: 3,
  lagExporter: true,
  partitionMetrics: true,
  volumes: { namespace: 'kafka', claims: 'data-.*' },
};

/** Combined nodes and nothing around them. */
export const BARE: MonitoringOptions = { cluster: 'orders', metadata: 'kraft', brokers: 1 };

/** Titles for `it.each`. */
export const CASES: readonly (readonly [string, MonitoringOptions])[] = [
  ['ZooKeeper', ZOOKEEPER],
  ['KRaft', KRAFT],
  ['bare nodes', BARE],
];
