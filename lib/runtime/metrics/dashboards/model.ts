/** The part of Grafana's dashboard JSON that the dashboards use. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  readonly version: number;
  readonly editable: boolean;
  readonly graphTooltip: number;
  readonly refresh: string;
  readonly timezone: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

/** A choice at the head of a dashboard. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: 'datasource' | 'query';
  readonly query: string | { readonly query: string; readonly refId: string };
  readonly definition?: string;
  readonly datasource?: DatasourceReference;
  readonly refresh: number;
  readonly includeAll: boolean;
  readonly multi: boolean;
  readonly allValue?: string;
  readonly sort?: number;
  readonly current?: { readonly text: string; readonly value: string };
}

/** A panel names no data source of its own, only the dashboard's choice. */
export interface DatasourceReference {
  readonly type: 'prometheus';
  readonly uid: '$datasource';
}

/** One panel, with its place in a grid of 24 columns. */
export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly type: PanelType;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly datasource: DatasourceReference;
  readonly fieldConfig: { readonly defaults: Readonly<Record<string, unknown>>; readonly overrides: readonly [] };
  readonly options: Readonly<Record<string, unknown>>;
  readonly targets: readonly Target[];
}

/** How a panel shows its series. */
export type PanelType = 'timeseries' | 'stat' | 'bargauge';

/** One query of a panel. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant: boolean;
  readonly range: boolean;
  readonly datasource: DatasourceReference;
}
