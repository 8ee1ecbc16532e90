import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import { alertRules, type TargetLabel } from '../metrics';
import { monitoringOptions } from '../monitoring-options';
import { configDirectory, type Process } from '../process';
import { companionProcess } from './companion-process';

const path = `${configDirectory}/prometheus.yml`;
const rulesPath = `${configDirectory}/alert-rules.yml`;
const dataPath = '/prometheus';
const dataSize = 10 * 2 ** 30;

interface Target {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<TargetLabel, string>>;
}

function targets(environment: Environment, addressing: Addressing): readonly Target[] {
  const { name, metadata, monitoring, companions } = environment;
  const target = (host: string, port: number, component: string, instance: string): Target => ({
    targets: [`${host}:${port}`],
    labels: { kafka_cluster: name, kafka_component: component, instance },
  });
  const port = monitoring.metricsPort;
  const nodes = environment.nodes.map(({ id, broker }) =>
    target(addressing.kafkaHost(id), port, broker ? 'broker' : 'controller', `kafka-${id}`),
  );
  const servers = metadata.mode === 'zookeeper' ? metadata.nodes : [];
  const lag = companions.lagExporter;
  return [
    ...(monitoring.enabled ? nodes : []),
    ...(monitoring.enabled ? servers.map(({ id }) => target(addressing.zookeeperHost(id), port, 'zookeeper', `zookeeper-${id}`)) : []),
    ...(lag === undefined ? [] : [target(addressing.companionHost('lag-exporter'), lag.port, 'lag-exporter', 'lag-exporter')]),
  ];
}

/** JSON is YAML, and needs no writer of its own. */
const yaml = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Prometheus with the environment's own targets and alert rules, for platforms that have none. */
export function prometheusProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.prometheus;
  if (companion === undefined) return undefined;
  const interval = `${environment.monitoring.scrapeIntervalSeconds}s`;
  const config = {
    global: { scrape_interval: interval, evaluation_interval: interval },
    rule_files: [rulesPath],
    scrape_configs: [{ job_name: 'kafka', static_configs: targets(environment, addressing) }],
  };
  return companionProcess({
    component: 'prometheus',
    companion,
    image: { repository: 'prom/prometheus', tag: 'v2.55.1' },
    user: 65534,
    command: [
      '/bin/prometheus',
      `--config.file=${path}`,
      `--storage.tsdb.path=${dataPath}`,
      `--storage.tsdb.retention.time=${companion.retentionDays}d`,
      `--web.listen-address=:${companion.port}`,
      ...Object.entries(companion.config).map(([flag, value]) => `--${flag}=${value}`),
    ],
    readyPath: '/-/ready',
    parts: {
      files: [
        { path, content: yaml(config) },
        { path: rulesPath, content: yaml(alertRules(monitoringOptions(environment))) },
      ],
      volumes: [{ name: 'data', path: dataPath, size: dataSize }],
    },
  });
}
