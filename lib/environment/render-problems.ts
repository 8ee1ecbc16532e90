import { formatPath, type Problem, type Severity } from '../model';
import { formatPosition } from './located';

/** A problem as `-o json` prints it. */
export interface ProblemJson {
  readonly code: string;
  readonly severity: Severity;
  /** As a person writes it: `topics.tda_jobs.partitions`. */
  readonly path: string;
  readonly message: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

export interface ProblemsJson {
  readonly problems: readonly ProblemJson[];
  readonly errors: number;
  readonly warnings: number;
  readonly notices: number;
}

/** By file, line, column, path and code; problems without a place come first. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => {
    const keys = [a, b].map(({ position, path, code }) => [
      position?.file ?? '',
      position?.line ?? 0,
      position?.column ?? 0,
      formatPath(path),
      code,
    ]);
    const [left = [], right = []] = keys;
    const index = left.findIndex((value, at) => value !== right[at]);
    if (index < 0) return 0;
    return (left[index] ?? '') < (right[index] ?? '') ? -1 : 1;
  });
}

/**
 * One line a problem, `file:line:column: error: path: message [code]`, and a line that counts them. Empty for no problems.
 * Control characters from a file are shown escaped.
 */
export function renderProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  return [...sortProblems(problems).map(renderProblem), summary(problems)].map((line) => `${line}\n`).join('');
}

/** The same as data. */
export function problemsJson(problems: readonly Problem[]): ProblemsJson {
  return {
    problems: sortProblems(problems).map(({ code, severity, path, message, position }) => ({
      code,
      severity,
      path: formatPath(path),
      message,
      ...position,
    })),
    errors: count(problems, 'error'),
    warnings: count(problems, 'warning'),
    notices: count(problems, 'notice'),
  };
}

function renderProblem({ code, severity, path, message, position }: Problem): string {
  const parts = [position === undefined ? '' : formatPosition(position), severity, formatPath(path), `${message} [${code}]`];
  return escapeControls(parts.filter((part) => part !== '').join(': '));
}

function summary(problems: readonly Problem[]): string {
  const files = new Set(problems.flatMap(({ position }) => position?.file ?? []));
  const counts = (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const number = count(problems, severity);
    return number === 0 ? [] : [plural(number, severity)];
  });
  return files.size === 0 ? counts.join(', ') : `${counts.join(', ')} in ${plural(files.size, 'file')}`;
}

function count(problems: readonly Problem[], severity: Severity): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replace(/[\u007f-\u009f]/, '?'),
  );
}
