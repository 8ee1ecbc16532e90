import { objectNames, ruleLabels, rulePattern } from './mbean-pattern';
import type { MetadataMode, Metric } from './metric';
import type { MetricName } from './table';
import { METRIC_NAMES, metricOf } from './table';

/**
 * What a JMX agent is attached to. `combined` is a KRaft node that is both; `readiness` is the second, tiny agent beside the
 * first, which serves only what a probe asks.
 */
export type ExporterRole = 'broker' | 'controller' | 'combined' | 'zookeeper' | 'readiness';

/** What decides the content of an agent's configuration. */
export interface ExporterOptions {
  readonly metadata: MetadataMode;
  /** Whether one series a replica (its size on disk) is exported too. @default false */
  readonly partitionMetrics?: boolean;
}

/** One rule of the JMX agent. */
export interface ExporterRule {
  readonly pattern: string;
  readonly name: MetricName;
  readonly type: 'GAUGE' | 'UNTYPED';
  readonly help: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value?: number;
}

/** The configuration of the JMX agent, as data. */
export interface ExporterRules {
  /** The only MBeans that the agent reads; each scrape costs what is listed here. */
  readonly includeObjectNames: readonly string[];
  readonly rules: readonly ExporterRule[];
}

const READINESS: readonly MetricName[] = ['kafka_server_kafkaserver_brokerstate', 'kafka_server_raft_metrics_current_leader'];

function carries(role: ExporterRole, metric: Metric, metadata: MetadataMode): boolean {
  switch (metric.source) {
    case 'jvm':
    case 'agent':
      return true;
    case 'broker':
      return role === 'broker' || role === 'combined';
    case 'controller':
      return role === 'controller' || role === 'combined' || (role === 'broker' && metadata === 'zookeeper');
    case 'zookeeper':
      return role === 'zookeeper';
    default:
      return false;
  }
}

/** The metrics that a process of this role serves through its agent, in the table's order. */
export function exportedMetrics(role: ExporterRole, options: ExporterOptions): readonly MetricName[] {
  return METRIC_NAMES.filter((name) => {
    const metric = metricOf(name);
    if (metric.modes !== 'both' && metric.modes !== options.metadata) return false;
    if (metric.detail === 'partition' && options.partitionMetrics !== true) return false;
    if (role === 'readiness') return READINESS.includes(name);
    return carries(role, metric, options.metadata);
  });
}

/** The agent's configuration for a role: an allow-list of MBeans and one rule for each MBean pattern of each metric. */
export function exporterRules(role: ExporterRole, options: ExporterOptions): ExporterRules {
  const sources = exportedMetrics(role, options).flatMap((name) => (metricOf(name).mbeans ?? []).map((mbean) => ({ name, mbean })));
  return {
    includeObjectNames: [...new Set(sources.flatMap(({ mbean }) => objectNames(mbean)))].sort(),
    rules: sources.map(({ name, mbean }) => {
      const { kind, help, value } = metricOf(name);
      return {
        pattern: rulePattern(mbean),
        name,
        // The agent would append `_total` to a COUNTER and so change its name; to Prometheus an untyped one is as good.
        type: kind === 'counter' ? 'UNTYPED' : 'GAUGE',
        help,
        labels: ruleLabels(mbean),
        ...(value === undefined ? {} : { value }),
      };
    }),
  };
}

/** The agent's configuration file, YAML. Names in it are the table's own: lower-case already. */
export function exporterConfig(role: ExporterRole, options: ExporterOptions): string {
  const key = `${role} ${options.metadata} ${options.partitionMetrics === true}`;
  const text = configs.get(key) ?? renderConfig(role, options);
  configs.set(key, text);
  return text;
}

/** A handful of texts, the same for every node of every environment. */
const configs = new Map<string, string>();

function renderConfig(role: ExporterRole, options: ExporterOptions): string {
  const { includeObjectNames, rules } = exporterRules(role, options);
  const lines = ['startDelaySeconds: 0', 'includeObjectNames:', ...includeObjectNames.map((name) => `- ${JSON.stringify(name)}`), 'rules:'];
  for (const rule of rules) {
    lines.push(`- pattern: ${JSON.stringify(rule.pattern)}`, `  name: ${rule.name}`, `  type: ${rule.type}`);
    lines.push(`  help: ${JSON.stringify(rule.help)}`);
    if (rule.value !== undefined) lines.push(`  value: ${rule.value}`);
    const labels = Object.entries(rule.labels);
    if (labels.length > 0) lines.push('  labels:', ...labels.map(([label, value]) => `    ${label}: ${JSON.stringify(value)}`));
    // A pattern that never looks at the value is matched once a bean, not once a scrape.
    if (rule.value === undefined) lines.push('  cache: true');
  }
  return `${lines.join('\n')}\n`;
}
