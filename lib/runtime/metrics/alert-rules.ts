import type { Alert, AlertContext } from './alert';
import type { AlertName } from './alerts';
import { CLUSTER_ALERTS } from './alerts/cluster';
import { KRAFT_ALERTS } from './alerts/kraft';
import { SURROUNDING_ALERTS } from './alerts/surroundings';
import { ZOOKEEPER_ALERTS } from './alerts/zookeeper';
import type { MonitoringOptions } from './options';
import { thresholdsOf } from './options';
import { inCluster } from './promql';

/** One alerting rule as Prometheus and the PrometheusRule resource have it. */
export interface AlertRule {
  readonly alert: AlertName;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The content of a Prometheus rule file, and the `spec` of a PrometheusRule. */
export interface AlertRules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[];
}

const GROUPS = {
  cluster: CLUSTER_ALERTS,
  metadata: { ...KRAFT_ALERTS, ...ZOOKEEPER_ALERTS },
  surroundings: SURROUNDING_ALERTS,
} as const;

function rendered(name: AlertName, alert: Alert, context: AlertContext): readonly AlertRule[] {
  const condition = alert.when(context);
  if (condition === undefined) return [];
  const { cluster, runbook = 'docs/alerts.md' } = context.options;
  return [
    {
      alert: name,
      expr: condition.text,
      for: alert.for,
      labels: { severity: alert.severity, kafka_cluster: cluster },
      annotations: {
        summary: alert.summary(context),
        description: alert.description(context),
        runbook_url: `${runbook}#${name.toLowerCase()}`,
      },
    },
  ];
}

/** The alert rules of a cluster: only those whose metrics it has, with its own thresholds and counts. */
export function alertRules(options: MonitoringOptions): AlertRules {
  const context: AlertContext = { kafka: inCluster(options.cluster), options, thresholds: thresholdsOf(options) };
  const groups = Object.entries(GROUPS).map(([name, table]) => ({
    name: `kafka-${options.cluster}-${name}`,
    rules: (Object.entries(table) as readonly [AlertName, Alert][]).flatMap(([alert, row]) => rendered(alert, row, context)),
  }));
  return { groups: groups.filter((group) => group.rules.length > 0) };
}
