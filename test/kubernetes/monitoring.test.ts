import { describe, expect, it } from '@jest/globals';
import { KafkaChart, KafkaCluster, Monitoring } from '../../lib/kubernetes';
import type { EnvironmentInput } from '../../lib/model';
import { app, at, chart, environmentOf, items, type Manifest, named, ofKind, production, synth } from './manifests';

const watched: EnvironmentInput = {
  ...production,
  companions: { lagExporter: {} },
  serviceAccounts: { 'lag-exporter': {} },
  platform: { kubernetes: { ...production.platform?.kubernetes, prometheusLabels: { release: 'prometheus' } } },
};
const manifests = synthesized(watched);

function synthesized(input: EnvironmentInput): readonly Manifest[] {
  return synth(new KafkaChart(app(), 'orders', { environment: environmentOf(input) }));
}

function matches(labels: unknown, selector: unknown): boolean {
  const wanted = Object.entries((at(selector, 'matchLabels') ?? {}) as Record<string, string>);
  const absent = items(selector, 'matchExpressions').map((expression) => String(at(expression, 'key')));
  return wanted.every(([key, value]) => at(labels, key) === value) && absent.every((key) => at(labels, key) === undefined);
}

/** The monitors that scrape the pods of each workload. */
function scraped(all: readonly Manifest[]): Record<string, readonly string[]> {
  const workloads = [...ofKind(all, 'StatefulSet'), ...ofKind(all, 'Deployment')];
  return Object.fromEntries(
    workloads.map(({ metadata, spec }) => {
      const labels = at(spec, 'template', 'metadata', 'labels');
      const ports = items(spec, 'template', 'spec', 'containers', 0, 'ports').map((port) => at(port, 'name'));
      const monitors = ofKind(all, 'PodMonitor').filter((monitor) => matches(labels, at(monitor.spec, 'selector')));
      for (const monitor of monitors) expect(ports).toContain(at(monitor.spec, 'podMetricsEndpoints', 0, 'port'));
      return [metadata.name, monitors.map((monitor) => monitor.metadata.name)];
    }),
  );
}

describe('Monitoring', () => {
  it('scrapes each pod with metrics exactly once, at a port it has', () => {
    expect(scraped(manifests)).toEqual({
      kafka: ['kafka-broker'],
      zookeeper: ['kafka-zookeeper'],
      'lag-exporter': ['kafka-lag-exporter'],
    });
  });

  it('counts a combined node as a broker, and a controller alone as a controller', () => {
    const { metadata: _, companions: __, ...rest } = watched;
    const kraft = (nodePools: EnvironmentInput['nodePools']) =>
      scraped(
        synthesized({
          ...rest,
          clusterId: 'MkU3OEVBNTcwNTJENDM2Qg',
          kafka: { version: '4.3.1' },
          metadata: { mode: 'kraft', security: 'mtls' },
          nodePools,
        }),
      );
    const size = { memory: '16Gi', disks: [{ name: 'data', size: '500Gi' }] };
    expect(kraft([{ name: 'nodes', roles: ['broker', 'controller'], ids: [0, 1, 2], ...size }])).toEqual({
      'kafka-nodes': ['kafka-broker'],
    });
    expect(
      kraft([
        { name: 'brokers', ids: [0, 1, 2], ...size },
        { name: 'controllers', roles: ['controller'], ids: [10, 11, 12], ...size },
      ]),
    ).toEqual({ kafka: ['kafka-broker'], 'kafka-controllers': ['kafka-controller'] });
  });

  it('gives every target the labels that alerts and dashboards ask for', () => {
    const relabelings = items(named(manifests, 'PodMonitor', 'kafka-zookeeper').spec, 'podMetricsEndpoints', 0, 'relabelings');
    expect(relabelings.map((rule) => [at(rule, 'targetLabel'), at(rule, 'replacement')])).toEqual([
      ['kafka_cluster', 'Orders'],
      ['kafka_component', 'zookeeper'],
      ['instance', undefined],
    ]);
  });

  it('labels monitors and rules as the Prometheus operator selects them', () => {
    for (const kind of ['PodMonitor', 'PrometheusRule'])
      for (const { metadata } of ofKind(manifests, kind)) expect(metadata.labels).toMatchObject({ release: 'prometheus' });
  });

  it('watches the volumes by the names of their claims', () => {
    const rule = JSON.stringify(named(manifests, 'PrometheusRule', 'kafkon-orders').spec);
    const [claims = ''] = rule.match(/(?<=persistentvolumeclaim=~\\+")[^"\\]+/) ?? [];
    expect(new RegExp(`^(?:${claims})$`).test('data-kafka-0')).toBe(true);
    expect(new RegExp(`^(?:${claims})$`).test('data-zookeeper-1')).toBe(false);
  });

  it('brings one ConfigMap a dashboard, whose JSON Grafana can read', () => {
    const dashboards = ofKind(manifests, 'ConfigMap').filter(({ metadata }) => metadata.labels?.grafana_dashboard === '1');
    expect(dashboards.length).toBeGreaterThanOrEqual(4);
    for (const { data } of dashboards) {
      const [text = ''] = Object.values(data);
      expect(items(JSON.parse(text), 'panels').length).toBeGreaterThan(0);
    }
  });

  it('has a Service where people can look at the metrics', () => {
    expect(items(named(manifests, 'Service', 'kafka-metrics').spec, 'ports')).toEqual([{ name: 'metrics', port: 7071, targetPort: 7071 }]);
  });

  it('makes nothing where the environment is not monitored', () => {
    const kinds = new Set(synthesized({ ...watched, monitoring: { enabled: false } }).map(({ kind }) => kind));
    expect(kinds.has('PrometheusRule') || kinds.has('PodMonitor')).toBe(false);
  });

  it('lays thresholds of its own over those of the environment', () => {
    const target = chart();
    const cluster = new KafkaCluster(target, 'Kafka', { environment: environmentOf(watched) });
    new Monitoring(target, 'Monitoring', { cluster, thresholds: { diskUsagePercent: 61 } });
    expect(JSON.stringify(named(synth(target), 'PrometheusRule', 'kafkon-orders').spec)).toMatch(/> 61\b/);
  });
});
