import { max, sum, topk } from '../promql';
import type { DashboardSpec } from './dashboard';
import { by } from './panel';

const MOST = 20;

/** Who is behind, by how many records and by how long? */
export const CONSUMER_LAG: DashboardSpec = {
  id: 'kafka-consumer-lag',
  title: 'Consumer Lag Monitoring',
  description: 'The lag of consumer groups, in records and in seconds.',
  choices: ({ kafka }) => [{ name: 'group', label: 'Group', of: kafka('kafka_consumergroup_group_sum_lag') }],
  panels: ({ kafka, thresholds }) => {
    const group = { matches: '$group' } as const;
    return [
      {
        title: 'Lag by group',
        description: `Records behind, over all partitions; ${thresholds.consumerLagCritical} is critical.`,
        type: 'bargauge',
        unit: 'short',
        width: 12,
        redAbove: thresholds.consumerLagCritical,
        series: [by(topk(MOST, max(kafka('kafka_consumergroup_group_sum_lag', { group }), 'group')), 'group')],
      },
      {
        title: 'Lag by group over time',
        description: 'Rising without end means that the consumers are too slow or stand still.',
        unit: 'short',
        width: 12,
        redAbove: thresholds.consumerLagCritical,
        series: [by(topk(MOST, max(kafka('kafka_consumergroup_group_sum_lag', { group }), 'group')), 'group')],
      },
      {
        title: 'Largest lag of one partition',
        description: 'Far above the mean: one consumer or one key is the reason.',
        unit: 'short',
        series: [by(topk(MOST, max(kafka('kafka_consumergroup_group_max_lag', { group }), 'group')), 'group')],
      },
      {
        title: 'Lag in seconds',
        description: 'Age of the oldest record that a group has not committed, estimated.',
        unit: 's',
        series: [by(topk(MOST, max(kafka('kafka_consumergroup_group_lag_seconds', { group }), 'group')), 'group')],
      },
      {
        title: 'Lag by group and topic',
        description: 'Records behind, by topic.',
        unit: 'short',
        series: [by(topk(MOST, sum(kafka('kafka_consumergroup_group_lag', { group }), 'group', 'topic')), 'group', 'topic')],
      },
    ];
  },
};
