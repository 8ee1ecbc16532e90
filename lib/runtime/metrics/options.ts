import type { MetadataMode } from './metric';

/** Where alerts begin. */
export interface Thresholds {
  /** Records that a group may be behind before it is critical. @default 10000 */
  readonly consumerLagCritical: number;
  /** Records that a group may be behind before it is worth a look. @default half of `consumerLagCritical` */
  readonly consumerLagWarning: number;
  /** Percentage of a volume that may be used. @default 85 */
  readonly diskUsagePercent: number;
  /** Percentage of produce and fetch requests that may fail. @default 5 */
  readonly errorRatePercent: number;
  /** Percentage of the partitions that may be under-replicated before it is critical. @default 10 */
  readonly underReplicatedPercent: number;
  /** Milliseconds that 99 of 100 produce requests may take at most. @default 1000 */
  readonly produceLatencyMs: number;
}

/** What alert rules and dashboards have to know of a cluster. A part that is not there has neither alerts nor panels. */
export interface MonitoringOptions {
  /** The cluster's name: the value of the label `kafka_cluster` on every scrape target. */
  readonly cluster: string;
  readonly metadata: MetadataMode;
  /** Brokers that should run, combined nodes included. */
  readonly brokers: number;
  /** Controllers that should run on their own. @default 0, for ZooKeeper and combined nodes */
  readonly controllers?: number;
  /** ZooKeeper servers that should run and are scraped. @default 0, for KRaft or a ZooKeeper that someone else watches */
  readonly zookeepers?: number;
  /** Whether the consumer lag exporter runs. @default false */
  readonly lagExporter?: boolean;
  /** Whether the brokers export one series a replica. @default false */
  readonly partitionMetrics?: boolean;
  /** The brokers' volumes as the kubelet knows them; `claims` is a regular expression (RE2, anchored). @default - no kubelet: disks are not watched */
  readonly volumes?: { readonly namespace: string; readonly claims: string };
  /** @default - each threshold's own */
  readonly thresholds?: Partial<Thresholds>;
  /** Address of the page that explains the alerts, for their runbook links. @default docs/alerts.md */
  readonly runbook?: string;
}

/** The thresholds in force: the caller's, completed by the defaults. */
export function thresholdsOf(options: MonitoringOptions): Thresholds {
  const given = options.thresholds ?? {};
  const consumerLagCritical = given.consumerLagCritical ?? 10_000;
  return {
    consumerLagCritical,
    consumerLagWarning: given.consumerLagWarning ?? Math.ceil(consumerLagCritical / 2),
    diskUsagePercent: given.diskUsagePercent ?? 85,
    errorRatePercent: given.errorRatePercent ?? 5,
    underReplicatedPercent: given.underReplicatedPercent ?? 10,
    produceLatencyMs: given.produceLatencyMs ?? 1000,
  };
}
