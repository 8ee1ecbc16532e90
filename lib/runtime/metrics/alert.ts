import type { MonitoringOptions, Thresholds } from './options';
import type { ClusterSelect, Expression } from './promql';

/** What an alert's expression is built from. */
export interface AlertContext {
  readonly kafka: ClusterSelect;
  readonly options: MonitoringOptions;
  readonly thresholds: Thresholds;
}

/** One row of an alert table. Its name is its key in the table. */
export interface Alert {
  /** `critical`: someone has to act now; `warning`: within the day. */
  readonly severity: 'critical' | 'warning';
  /** How long the condition must hold, a Prometheus duration. */
  readonly for: string;
  /** One line, which may name labels as `{{ $labels.instance }}`. */
  readonly summary: (context: AlertContext) => string;
  /** What it means and what it is about. */
  readonly description: (context: AlertContext) => string;
  /** The condition; nothing where the cluster lacks what it is about. */
  readonly when: (context: AlertContext) => Expression | undefined;
}

/** An alert table: a key is an alert's name. */
export type AlertTable = Readonly<Record<string, Alert>>;
