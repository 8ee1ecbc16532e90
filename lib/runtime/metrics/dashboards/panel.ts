import type { Expression } from '../promql';
import type { DatasourceReference, Panel, PanelType, Target } from './model';

/** The data source that the reader chose at the head of the dashboard. */
export const DATASOURCE: DatasourceReference = { type: 'prometheus', uid: '$datasource' };

/** The window of rates: Grafana's own, which fits the scrape interval and the zoom. */
export const RATE_WINDOW = '$__rate_interval';

/** One query before it is laid out: an expression, and how its series are called. */
export interface Series {
  readonly expression: Expression;
  readonly legend: string;
}

/** A query whose series are called after some of their own labels. */
export function by<Label extends string>(expression: Expression<Label>, ...labels: readonly Label[]): Series {
  return { expression, legend: labels.map((label) => `{{${label}}}`).join(' ') };
}

/** A query with a name of its own, before the labels that tell its series apart. */
export function named<Label extends string>(name: string, expression: Expression<Label>, ...labels: readonly Label[]): Series {
  return { expression, legend: [name, ...labels.map((label) => `{{${label}}}`)].join(' ') };
}

/** A panel before it is laid out. */
export interface PanelSpec {
  readonly title: string;
  /** What it shows, and what is good. */
  readonly description: string;
  /** @default timeseries */
  readonly type?: PanelType;
  /** A Grafana unit: `short`, `bytes`, `Bps`, `reqps`, `ms`, `s`, `percent`, `percentunit`. */
  readonly unit: string;
  /** Width in columns of 24. @default 8, for `stat` 4 */
  readonly width?: number;
  /** From this value on the panel is red. @default - never */
  readonly redAbove?: number;
  /** Below this value the panel is red. @default - never */
  readonly redBelow?: number;
  readonly series: readonly Series[];
}

const COLUMNS = 24;

function thresholdSteps(spec: PanelSpec): readonly unknown[] {
  if (spec.redBelow !== undefined)
    return [
      { color: 'red', value: null },
      { color: 'green', value: spec.redBelow },
    ];
  if (spec.redAbove !== undefined)
    return [
      { color: 'green', value: null },
      { color: 'red', value: spec.redAbove },
    ];
  return [{ color: 'green', value: null }];
}

function panelOptions(type: PanelType): Readonly<Record<string, unknown>> {
  const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false };
  switch (type) {
    case 'stat':
      return { reduceOptions, colorMode: 'background', graphMode: 'none', textMode: 'auto' };
    case 'bargauge':
      return { reduceOptions, displayMode: 'gradient', orientation: 'horizontal' };
    case 'timeseries':
      return { legend: { displayMode: 'list', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } };
  }
}

function targetOf(series: Series, index: number, instant: boolean): Target {
  return {
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    expr: series.expression.text,
    legendFormat: series.legend,
    instant,
    range: !instant,
    datasource: DATASOURCE,
  };
}

/** Places panels from left to right, row by row, and numbers them from 1. */
export function layOut(specs: readonly PanelSpec[]): readonly Panel[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return specs.map((spec, index) => {
    const type = spec.type ?? 'timeseries';
    const w = spec.width ?? (type === 'stat' ? 4 : 8);
    const h = type === 'stat' ? 4 : 8;
    if (x + w > COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridPos = { h, w, x, y };
    x += w;
    rowHeight = Math.max(rowHeight, h);
    return {
      id: index + 1,
      title: spec.title,
      description: spec.description,
      type,
      gridPos,
      datasource: DATASOURCE,
      fieldConfig: { defaults: { unit: spec.unit, thresholds: { mode: 'absolute', steps: thresholdSteps(spec) } }, overrides: [] },
      options: panelOptions(type),
      targets: spec.series.map((series, place) => targetOf(series, place, type !== 'timeseries')),
    };
  });
}
