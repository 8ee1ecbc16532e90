import type { ExporterOptions, ExporterRole } from './exporter-rules';
import { exportedMetrics } from './exporter-rules';
import { listedValues } from './mbean-pattern';
import type { Metric } from './metric';
import { metricOf } from './table';

/** The load of one process, as far as it decides how many series it serves. */
export interface SeriesLoad extends ExporterOptions {
  /** Topics with a replica on the broker, internal ones included. @default 0 */
  readonly topics?: number;
  /** Replicas on the broker. @default 0 */
  readonly replicas?: number;
  /** Listeners of the broker, the controller's included. @default 2 */
  readonly listeners?: number;
  /** `num.network.threads`, which each listener has. @default 3 */
  readonly networkThreads?: number;
}

/** Most series that the agent serves of itself and the JVM (measured: 88 with the serial collector; others have a few memory pools more). */
const AGENT_SERIES = 100;

/** Most collectors that a JVM shows as MBeans; G1 on recent JDKs has three. */
const COLLECTORS = 3;

/** Most series that a broker without topics may serve. A test on a real broker holds it to that. */
export const FRESH_BROKER_SERIES = 230;

function seriesOf(metric: Metric, load: SeriesLoad): number {
  if (metric.labels.includes('partition')) return load.replicas ?? 0;
  const listed = Object.assign({}, ...(metric.mbeans ?? []).map(listedValues)) as Record<string, readonly string[]>;
  const counts: Readonly<Record<string, number>> = {
    topic: load.topics ?? 0,
    listener: load.listeners ?? 2,
    network_processor: load.networkThreads ?? 3,
    gc: COLLECTORS,
  };
  return metric.labels.reduce((product, label) => product * (listed[label]?.length ?? counts[label] ?? 1), 1);
}

/** The most series that one process of this role serves in one scrape: an upper bound. */
export function estimateSeries(role: ExporterRole, load: SeriesLoad): number {
  const own = exportedMetrics(role, load)
    .map(metricOf)
    .filter((metric) => metric.mbeans !== undefined);
  return AGENT_SERIES + own.reduce((sum, metric) => sum + seriesOf(metric, load), 0);
}
