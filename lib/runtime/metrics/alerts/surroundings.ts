import type { Alert, AlertContext, AlertTable } from '../alert';
import type { Expression } from '../promql';
import { above, absent, and, below, max, onVolumes, or, orZero, over, percent, predict, sum } from '../promql';

const DAY_SECONDS = 86_400;

/** Only clusters with a lag exporter have the condition. */
const withLagExporter =
  (when: (context: AlertContext) => Expression): Alert['when'] =>
  (context) =>
    context.options.lagExporter === true ? when(context) : undefined;

/** Only clusters whose volumes the kubelet knows have the condition. */
const withVolumes =
  (when: (volume: ReturnType<typeof onVolumes>, context: AlertContext) => Expression): Alert['when'] =>
  (context) => {
    const { volumes } = context.options;
    return volumes === undefined ? undefined : when(onVolumes(volumes.namespace, volumes.claims), context);
  };

/** Alerts on consumer groups, disks and the monitoring itself. */
export const SURROUNDING_ALERTS = {
  KafkaConsumerLagHigh: {
    severity: 'critical',
    for: '10m',
    summary: () => 'Group {{ $labels.group }} is {{ $value }} records behind',
    description: ({ thresholds }) => `The group is more than ${thresholds.consumerLagCritical} records behind in all.`,
    when: withLagExporter(({ kafka, thresholds }) =>
      above(max(kafka('kafka_consumergroup_group_sum_lag'), 'group'), thresholds.consumerLagCritical),
    ),
  },
  KafkaConsumerLagElevated: {
    severity: 'warning',
    for: '15m',
    summary: () => 'Group {{ $labels.group }} is {{ $value }} records behind',
    description: ({ thresholds }) => `The group is more than ${thresholds.consumerLagWarning} records behind in all.`,
    when: withLagExporter(({ kafka, thresholds }) =>
      above(max(kafka('kafka_consumergroup_group_sum_lag'), 'group'), thresholds.consumerLagWarning),
    ),
  },
  KafkaLagExporterDown: {
    severity: 'warning',
    for: '10m',
    summary: ({ options }) => `The lag exporter of ${options.cluster} cannot be reached`,
    description: () => 'Nothing is known of the lag of consumer groups, and its alerts cannot fire.',
    when: withLagExporter(({ kafka }) => below(orZero(sum(kafka('up', { kafka_component: 'lag-exporter' }))), 1)),
  },
  KafkaDiskUsageHigh: {
    severity: 'critical',
    for: '10m',
    summary: () => 'Volume {{ $labels.persistentvolumeclaim }} is {{ $value | printf "%.0f" }}% full',
    description: ({ thresholds }) => `More than ${thresholds.diskUsagePercent}% of a volume is used; a broker whose disk is full stops.`,
    when: withVolumes((volume, { thresholds }) =>
      above(
        percent(
          max(volume('kubelet_volume_stats_used_bytes'), 'persistentvolumeclaim'),
          max(volume('kubelet_volume_stats_capacity_bytes'), 'persistentvolumeclaim'),
        ),
        thresholds.diskUsagePercent,
      ),
    ),
  },
  KafkaDiskFilling: {
    severity: 'warning',
    for: '1h',
    summary: () => 'Volume {{ $labels.persistentvolumeclaim }} will be full within a day',
    description: () => 'More than half of a volume is used, and going on as in the last six hours it is full within a day.',
    when: withVolumes((volume) =>
      and(
        below(max(predict(volume('kubelet_volume_stats_available_bytes'), '6h', DAY_SECONDS), 'persistentvolumeclaim'), 0),
        below(
          over(
            max(volume('kubelet_volume_stats_available_bytes'), 'persistentvolumeclaim'),
            max(volume('kubelet_volume_stats_capacity_bytes'), 'persistentvolumeclaim'),
          ),
          0.5,
        ),
      ),
    ),
  },
  KafkaScrapeMissing: {
    severity: 'warning',
    for: '10m',
    summary: ({ options }) => `Metrics of ${options.cluster} are missing`,
    description: () =>
      'The broker state is not known of any broker, or the agent of a process cannot read its MBeans: other alerts may be blind.',
    when: ({ kafka }) => or(above(max(kafka('jmx_scrape_error'), 'instance'), 0), absent(kafka('kafka_server_kafkaserver_brokerstate'))),
  },
} as const satisfies AlertTable;
