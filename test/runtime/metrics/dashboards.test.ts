import { describe, expect, it } from '@jest/globals';
import type { Dashboard, MonitoringOptions } from '../../../lib/runtime/metrics';
import { dashboards, METRICS } from '../../../lib/runtime/metrics';
import { exportedMetrics } from '../../../lib/runtime/metrics/exporter-rules';
import { metricOf } from '../../../lib/runtime/metrics/table';
import { BARE, CASES, KRAFT, ZOOKEEPER } from './cases';
import { metricNamesIn } from './promql-names';

const titles = (options: MonitoringOptions) => dashboards(options).map(({ title }) => title);
const targetsOf = ({ panels }: Dashboard) => panels.flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target })));

/** The metrics that something serves in a cluster of these options. */
function served({ metadata, partitionMetrics = false, lagExporter, volumes }: MonitoringOptions): ReadonlySet<string> {
  const roles = metadata === 'kraft' ? (['combined'] as const) : (['broker', 'zookeeper'] as const);
  const others = (Object.keys(METRICS) as (keyof typeof METRICS)[]).filter((name) => {
    const { source } = metricOf(name);
    return source === 'scrape' || (source === 'lag-exporter' && lagExporter === true) || (source === 'kubelet' && volumes !== undefined);
  });
  return new Set([...roles.flatMap((role) => exportedMetrics(role, { metadata, partitionMetrics })), ...others]);
}

describe('the dashboards', () => {
  it('are five for a ZooKeeper cluster with a lag exporter', () => {
    expect(titles(ZOOKEEPER)).toEqual([
      'Kafka Cluster Overview',
      'Kafka Topics',
      'Broker Performance',
      'Consumer Lag Monitoring',
      'Zookeeper Cluster',
    ]);
  });

  it('leave out what the cluster does not have', () => {
    expect(titles(KRAFT)).not.toContain('Zookeeper Cluster');
    expect(titles(BARE)).toEqual(['Kafka Cluster Overview', 'Kafka Topics', 'Broker Performance']);
  });

  it.each(CASES)('have no panel whose metric nothing serves, with %s', (_, options) => {
    const known = served(options);
    for (const { title, expr } of dashboards(options).flatMap(targetsOf)) {
      const names = metricNamesIn(expr);
      expect({ title, named: names.length > 0, dead: names.filter((name) => !known.has(name)) }).toEqual({ title, named: true, dead: [] });
    }
  });

  it.each(CASES)('look at the chosen cluster, with %s', (_, options) => {
    for (const { title, expr } of dashboards(options).flatMap(targetsOf)) {
      expect({ title, chosen: /kafka_cluster="\$kafka_cluster"|namespace="kafka"/.test(expr) }).toEqual({ title, chosen: true });
    }
  });

  it('name in a query only variables that the dashboard has', () => {
    for (const dashboard of dashboards(ZOOKEEPER)) {
      const own = new Set([...dashboard.templating.list.map(({ name }) => name), '__rate_interval']);
      const used = targetsOf(dashboard).flatMap(({ expr }) => [...expr.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? ''));
      expect({ title: dashboard.title, unknown: used.filter((name) => !own.has(name)) }).toEqual({ title: dashboard.title, unknown: [] });
    }
  });

  it('choose a data source and a cluster first', () => {
    for (const { templating } of dashboards(ZOOKEEPER)) {
      expect(templating.list.slice(0, 2).map(({ name, type }) => [name, type])).toEqual([
        ['datasource', 'datasource'],
        ['kafka_cluster', 'query'],
      ]);
      expect(templating.list[1]?.current).toEqual({ text: 'orders', value: 'orders' });
    }
  });

  it('name in a legend only labels that the query keeps', () => {
    for (const { title, expr, legendFormat } of dashboards(ZOOKEEPER).flatMap(targetsOf)) {
      const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(', '));
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
      expect({ title, lost: named.filter((label) => !kept.includes(label)) }).toEqual({ title, lost: [] });
    }
  });

  it('place panels inside the grid, none over another', () => {
    for (const { title, panels } of dashboards(ZOOKEEPER)) {
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
      );
      expect({ title, overlap: cells.length - new Set(cells).size }).toEqual({ title, overlap: 0 });
      expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
      expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
    }
  });

  it('have uids that Grafana takes, one for each dashboard and cluster', () => {
    const long = { ...ZOOKEEPER, cluster: 'a-name-of-fifty-characters-which-is-the-longest-one' };
    const uids = [...dashboards(ZOOKEEPER), ...dashboards({ ...ZOOKEEPER, cluster: 'payments' }), ...dashboards(long)].map(
      ({ uid }) => uid,
    );
    expect(new Set(uids).size).toBe(15);
    expect(uids.filter((uid) => !/^[a-z0-9-]{1,40}$/.test(uid))).toEqual([]);
  });

  it('mark the thresholds of the cluster', () => {
    const lag = dashboards({ ...ZOOKEEPER, thresholds: { consumerLagCritical: 4321 } }).find(
      ({ title }) => title === 'Consumer Lag Monitoring',
    );
    expect(JSON.stringify(lag?.panels[0]?.fieldConfig)).toContain('4321');
  });

  it('are plain data, the same each time', () => {
    const all = dashboards(ZOOKEEPER);
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(JSON.stringify(dashboards({ ...ZOOKEEPER }))).toBe(JSON.stringify(all));
  });
});
