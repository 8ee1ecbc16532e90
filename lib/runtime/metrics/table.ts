import type { Metric, MetricTable } from './metric';
import { BROKER_METRICS } from './table/broker';
import { CONTROLLER_METRICS } from './table/controller';
import { JVM_METRICS } from './table/jvm';
import { REQUEST_METRICS } from './table/requests';
import { SURROUNDING_METRICS } from './table/surroundings';
import { ZOOKEEPER_METRICS } from './table/zookeeper';

/** Every metric that an exporter rule, an alert or a panel may name; nothing else can be named. */
export const METRICS = {
  ...BROKER_METRICS,
  ...REQUEST_METRICS,
  ...CONTROLLER_METRICS,
  ...ZOOKEEPER_METRICS,
  ...JVM_METRICS,
  ...SURROUNDING_METRICS,
} as const satisfies MetricTable;

/** The name of a metric of the table. */
export type MetricName = keyof typeof METRICS;

/** The names of the counters: what a rate can be taken of. */
export type CounterName = { [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends 'counter' ? Name : never }[MetricName];

/** The metrics of the kubelet, which knows no Kafka cluster, only namespaces and claims. */
export type VolumeMetricName = { [Name in MetricName]: (typeof METRICS)[Name]['source'] extends 'kubelet' ? Name : never }[MetricName];

/** The metrics whose scrape targets carry the cluster's name. */
export type ClusterMetricName = Exclude<MetricName, VolumeMetricName>;

/** The labels that a metric has of its own. */
export type OwnLabel<Name extends MetricName> = (typeof METRICS)[Name]['labels'][number];

/** The names of all metrics, in the table's order. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** The row of a metric, without its literal types. */
export function metricOf(name: MetricName): Metric {
  return METRICS[name];
}
