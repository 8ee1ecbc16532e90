import type { Environment } from './environment';
import { environmentSpec } from './environment-spec';
import { parseEnvironment } from './parse';
import { formatPath, type Problem } from './problem';
import { resolveEnvironment } from './resolve';
import type { Platform } from './rules/rule';

/** What a construct's props came to: an environment where they hold together, and what is wrong with them. */
export interface Composition {
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/**
 * The environment that a value describes, as far as one construct answers for it: problems elsewhere are another construct's to
 * report. There is no environment when an error is among its own problems.
 */
export function compose(value: unknown, platform: Platform, isOwn: (problem: Problem) => boolean): Composition {
  const result = parseEnvironment(value, { platforms: [platform] });
  const problems = result.problems.filter(isOwn);
  if (result.environment !== undefined) return { environment: result.environment, problems };
  if (problems.some(isError)) return { problems };
  const parsed = environmentSpec.safeParse(value);
  return parsed.success ? { environment: resolveEnvironment(parsed.data), problems } : { problems };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Two findings of the same fault. */
export function sameProblem(a: Problem, b: Problem): boolean {
  return a.code === b.code && a.message === b.message && formatPath(a.path) === formatPath(b.path);
}

/** What a construct library lets a construct say about itself when the app is synthesized. */
export interface Validated {
  readonly node: { addValidation(validation: { validate(): string[] }): void };
}

/** Reports errors at the construct that caused them, when the app is synthesized: all at once, each with the construct's path. */
export function reportErrors(construct: Validated, problems: () => readonly Problem[]): void {
  construct.node.addValidation({
    validate: () =>
      problems()
        .filter(isError)
        .map(({ code, path, message }) => `${path.length === 0 ? '' : `${formatPath(path)}: `}${message} (${code})`),
  });
}
