import type { MonitoringOptions, Thresholds } from '../options';
import { thresholdsOf } from '../options';
import type { ClusterSelect, Expression } from '../promql';
import { anyCluster, inCluster } from '../promql';
import type { Dashboard, Variable } from './model';
import type { PanelSpec } from './panel';
import { DATASOURCE, layOut } from './panel';

/** What the panels of a dashboard are built from. */
export interface DashboardContext {
  /** Selectors for the cluster chosen at the head of the dashboard. */
  readonly kafka: ClusterSelect;
  readonly options: MonitoringOptions;
  readonly thresholds: Thresholds;
}

/** A further choice at the head of a dashboard: the values that a label has. */
export interface Choice<Label extends string = string> {
  readonly name: Label;
  readonly label: string;
  readonly of: Expression<Label>;
}

/** A dashboard before it is laid out. */
export interface DashboardSpec {
  /** Part of its uid: never changes, so that links live on. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly choices?: (context: DashboardContext) => readonly Choice[];
  readonly panels: (context: DashboardContext) => readonly PanelSpec[];
}

/** Dashboard JSON that Grafana 10 and later read without a migration. */
const SCHEMA_VERSION = 39;
const REFRESH_ON_TIME_RANGE = 2;
const ALPHABETICAL = 1;

/** 32-bit FNV-1a in hexadecimal: names that are too long for a uid stay apart. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

function queryVariable(name: string, label: string, of: Expression): Variable {
  const query = `label_values(${of.text}, ${name})`;
  return {
    name,
    label,
    type: 'query',
    query: { query, refId: name },
    definition: query,
    datasource: DATASOURCE,
    refresh: REFRESH_ON_TIME_RANGE,
    includeAll: true,
    multi: true,
    allValue: '.*',
    sort: ALPHABETICAL,
    current: { text: 'All', value: '$__all' },
  };
}

function variables(spec: DashboardSpec, context: DashboardContext): readonly Variable[] {
  const { cluster } = context.options;
  const clusters = queryVariable('kafka_cluster', 'Cluster', anyCluster('up', { kafka_component: 'broker' }));
  return [
    { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', refresh: 1, includeAll: false, multi: false },
    // One cluster at a time: sums over several would mean nothing.
    { ...clusters, includeAll: false, multi: false, current: { text: cluster, value: cluster } },
    ...(spec.choices?.(context) ?? []).map((choice) => queryVariable(choice.name, choice.label, choice.of)),
  ];
}

/** The dashboard of a cluster as Grafana's JSON. Its uid depends on its id and the cluster's name alone, at most 40 characters. */
export function dashboardOf(spec: DashboardSpec, options: MonitoringOptions): Dashboard {
  const context: DashboardContext = { kafka: inCluster('$kafka_cluster'), options, thresholds: thresholdsOf(options) };
  return {
    uid: `${spec.id}-${hashOf(options.cluster)}`,
    title: spec.title,
    description: spec.description,
    tags: ['kafka', options.cluster],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    timezone: 'browser',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: variables(spec, context) },
    panels: layOut(spec.panels(context)),
  };
}
