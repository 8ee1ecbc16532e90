import type { ClusterMetricName, CounterName, MetricName, OwnLabel, VolumeMetricName } from './table';

/**
 * The labels that every scrape target of a cluster carries, set where the target is declared: the cluster's name, what the process is
 * (`broker` for combined nodes too), and as `instance` the name of the pod or container.
 */
export const TARGET_LABELS = ['kafka_cluster', 'kafka_component', 'instance'] as const;

/** A label of a scrape target. */
export type TargetLabel = (typeof TARGET_LABELS)[number];

/** The values of the label `kafka_component`. */
export type Component = 'broker' | 'controller' | 'zookeeper' | 'lag-exporter';

/** A PromQL expression that can only have been built from metrics of the table. */
export interface Expression<Label extends string = string> {
  readonly text: string;
  /** The metrics that it names. */
  readonly metrics: readonly MetricName[];
  /** Labels that its series may have: the only ones that an aggregation or a legend may name. Phantom, never set. */
  readonly labels?: readonly Label[];
  /** Whether it needs parentheses as an operand. */
  readonly binary?: true;
}

/** The series of one metric. Only a counter's have a rate. */
export interface Selector<Label extends string, Kind extends 'counter' | 'gauge'> extends Expression<Label> {
  readonly kind?: Kind;
}

/** A condition on a label: a text that it equals, or a regular expression that it matches. */
export type Matcher = string | { readonly matches: string };

type LabelOf<Name extends ClusterMetricName> = OwnLabel<Name> | TargetLabel;
type KindOf<Name extends MetricName> = Name extends CounterName ? 'counter' : 'gauge';

/** Makes selectors that see one cluster only. */
export type ClusterSelect = <Name extends ClusterMetricName>(
  name: Name,
  matchers?: Partial<Record<LabelOf<Name>, Matcher>>,
) => Selector<LabelOf<Name>, KindOf<Name>>;

function select(name: MetricName, matchers: Readonly<Record<string, Matcher | undefined>>): Expression {
  const conditions = Object.entries(matchers).flatMap(([label, matcher]) => {
    if (matcher === undefined) return [];
    return [typeof matcher === 'string' ? `${label}=${JSON.stringify(matcher)}` : `${label}=~${JSON.stringify(matcher.matches)}`];
  });
  return { text: conditions.length === 0 ? name : `${name}{${conditions.join(', ')}}`, metrics: [name] };
}

/** Selectors for the cluster of this name; a dashboard passes its variable. */
export function inCluster(cluster: string): ClusterSelect {
  return <Name extends ClusterMetricName>(name: Name, matchers: Partial<Record<LabelOf<Name>, Matcher>> = {}) =>
    select(name, { kafka_cluster: cluster, ...matchers }) as Selector<LabelOf<Name>, KindOf<Name>>;
}

/** The series of a metric whatever the cluster: for the list of clusters a dashboard chooses from. */
export function anyCluster<Name extends ClusterMetricName>(
  name: Name,
  matchers: Partial<Record<LabelOf<Name>, Matcher>> = {},
): Expression<LabelOf<Name>> {
  return select(name, matchers) as Expression<LabelOf<Name>>;
}

/** Selectors for the volumes of a cluster. @param claims - regular expression (RE2, anchored) of the claims' names */
export function onVolumes(namespace: string, claims: string) {
  return <Name extends VolumeMetricName>(name: Name): Selector<OwnLabel<Name>, KindOf<Name>> =>
    select(name, { namespace, persistentvolumeclaim: { matches: claims } }) as Selector<OwnLabel<Name>, KindOf<Name>>;
}

/** Per-second rate of a counter. @param window - a Prometheus duration or a dashboard's variable */
export function rate<Label extends string>(counter: Selector<Label, 'counter'>, window: string): Expression<Label> {
  return { text: `rate(${counter.text}[${window}])`, metrics: counter.metrics };
}

/** Growth of a counter over a window. @param window - a Prometheus duration */
export function increase<Label extends string>(counter: Selector<Label, 'counter'>, window: string): Expression<Label> {
  return { text: `increase(${counter.text}[${window}])`, metrics: counter.metrics };
}

/** What a gauge will be, going on as it did over a window. @param window - a Prometheus duration @param seconds - from now */
export function predict<Label extends string>(gauge: Selector<Label, 'gauge'>, window: string, seconds: number): Expression<Label> {
  return { text: `predict_linear(${gauge.text}[${window}], ${seconds})`, metrics: gauge.metrics };
}

function aggregate<Label extends string, By extends Label>(operator: string, inner: Expression<Label>, by: readonly By[]): Expression<By> {
  return { text: `${operator}${by.length === 0 ? '' : ` by (${by.join(', ')}) `}(${inner.text})`, metrics: inner.metrics };
}

/** Sum, over all series or one for each combination of the labels. */
export const sum = <Label extends string, By extends Label = never>(inner: Expression<Label>, ...by: readonly By[]) =>
  aggregate('sum', inner, by);
/** Largest value, over all series or one for each combination of the labels. */
export const max = <Label extends string, By extends Label = never>(inner: Expression<Label>, ...by: readonly By[]) =>
  aggregate('max', inner, by);
/** Smallest value, over all series or one for each combination of the labels. */
export const min = <Label extends string, By extends Label = never>(inner: Expression<Label>, ...by: readonly By[]) =>
  aggregate('min', inner, by);
/** Number of series, all or for each combination of the labels. */
export const count = <Label extends string, By extends Label = never>(inner: Expression<Label>, ...by: readonly By[]) =>
  aggregate('count', inner, by);

/** The series with the largest values. */
export function topk<Label extends string>(most: number, inner: Expression<Label>): Expression<Label> {
  return { text: `topk(${most}, ${inner.text})`, metrics: inner.metrics };
}

const operand = (side: Expression | number): string =>
  typeof side === 'number' ? String(side) : side.binary ? `(${side.text})` : side.text;

function binary<Label extends string>(left: Expression<Label>, operator: string, right: Expression<Label> | number): Expression<Label> {
  const named = typeof right === 'number' ? left.metrics : [...new Set([...left.metrics, ...right.metrics])];
  return { text: `${operand(left)} ${operator} ${operand(right)}`, metrics: named, binary: true };
}

type Combine = <Label extends string>(left: Expression<Label>, right: Expression<Label> | number) => Expression<Label>;

/** Sum of two expressions with the same labels. */
export const plus: Combine = (left, right) => binary(left, '+', right);
/** Product with a number or an expression with the same labels. */
export const times: Combine = (left, right) => binary(left, '*', right);
/** Quotient; nothing by nothing is NaN, which no comparison holds for. */
export const over: Combine = (left, right) => binary(left, '/', right);
/** Both sides' series. */
export const or: Combine = (left, right) => binary(left, 'or', right);
/** The series above a bound. */
export const above: Combine = (left, right) => binary(left, '>', right);
/** The series below a bound. */
export const below: Combine = (left, right) => binary(left, '<', right);
/** The left series for which the right side has one with the same labels. */
export const and: Combine = (left, right) => binary(left, 'and', right);

/** Percentage that one expression is of another. */
export function percent<Label extends string>(part: Expression<Label>, whole: Expression<Label>): Expression<Label> {
  return times(over(part, whole), 100);
}

/** An aggregate over all series that is 0 where there are none, which would otherwise be no result, and so no alert. */
export function orZero(inner: Expression<never>): Expression<never> {
  return { text: `${operand(inner)} or vector(0)`, metrics: inner.metrics, binary: true };
}

/** 1 where no series matches, nothing otherwise. */
export function absent(inner: Expression): Expression<never> {
  return { text: `absent(${inner.text})`, metrics: inner.metrics };
}
