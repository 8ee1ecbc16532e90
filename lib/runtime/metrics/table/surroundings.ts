import type { MetricTable } from '../metric';

/** What others say of the cluster: the lag exporter, Prometheus itself and the kubelet. */
export const SURROUNDING_METRICS = {
  kafka_consumergroup_group_lag: {
    kind: 'gauge',
    help: 'Records between the end of a partition and the offset that a group has committed',
    source: 'lag-exporter',
    modes: 'both',
    labels: ['group', 'topic', 'partition'],
  },
  kafka_consumergroup_group_lag_seconds: {
    kind: 'gauge',
    help: 'Age in seconds of the first record that a group has not committed, estimated',
    source: 'lag-exporter',
    modes: 'both',
    labels: ['group', 'topic', 'partition'],
  },
  kafka_consumergroup_group_max_lag: {
    kind: 'gauge',
    help: 'Largest lag of a group among its partitions, in records',
    source: 'lag-exporter',
    modes: 'both',
    labels: ['group'],
  },
  kafka_consumergroup_group_sum_lag: {
    kind: 'gauge',
    help: 'Lag of a group over all its partitions, in records',
    source: 'lag-exporter',
    modes: 'both',
    labels: ['group'],
  },
  up: { kind: 'gauge', help: '1 when the last scrape of a target succeeded', source: 'scrape', modes: 'both', labels: [] },
  kubelet_volume_stats_used_bytes: {
    kind: 'gauge',
    help: 'Bytes in use on a volume',
    source: 'kubelet',
    modes: 'both',
    labels: ['namespace', 'persistentvolumeclaim'],
  },
  kubelet_volume_stats_capacity_bytes: {
    kind: 'gauge',
    help: 'Size of a volume in bytes',
    source: 'kubelet',
    modes: 'both',
    labels: ['namespace', 'persistentvolumeclaim'],
  },
  kubelet_volume_stats_available_bytes: {
    kind: 'gauge',
    help: 'Bytes left on a volume',
    source: 'kubelet',
    modes: 'both',
    labels: ['namespace', 'persistentvolumeclaim'],
  },
} as const satisfies MetricTable;
