/** Where a value stands in a file; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The way from the root of an environment to a value: map keys and list indexes. */
export type Path = readonly (string | number)[];

export type Severity = 'error' | 'warning' | 'notice';

/** One thing wrong with an environment. Problems are data: they are collected, never thrown one by one, and rendered at the edge. */
export interface Problem {
  /** Stable identifier, `area/what`, for example `topic/replication-exceeds-brokers`. A waiver names it. */
  readonly code: string;
  /**
   * An error stops everything; a warning is printed, and becomes an error under `security.strictMode`; a notice states what
   * Kafkon does not or cannot do about a value it accepted.
   */
  readonly severity: Severity;
  readonly path: Path;
  /** Lower-case, no final period: what, the value got, the limit, the remedy. */
  readonly message: string;
  /** Present once the value's file is known. */
  readonly position?: Position;
}

/** Thrown at the edge only, when a caller asked for a value and there are problems instead. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => `${formatPath(problem.path)}: ${problem.message}`).join('\n'));
    this.name = 'EnvironmentError';
  }
}

/**
 * Renders a path as a person would write it: `topics["user.attempts"].partitions`, `listeners[0].port`.
 * A key that is not a plain identifier (letters, digits, `_`, `-`) is quoted.
 */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (/^[A-Za-z_][\w-]*$/.test(step)) return index === 0 ? step : `.${step}`;
      return `[${JSON.stringify(step)}]`;
    })
    .join('');
}
