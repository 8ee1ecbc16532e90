import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  type Environment,
  type EnvironmentInput,
  environmentSpec,
  formatPath,
  type Problem,
  parseEnvironment,
  resolveEnvironment,
} from '../model';

/** What a construct's props came to: an environment where they hold together, and what is wrong with them. */
export interface Composition {
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/**
 * The environment that a value describes, as far as one construct answers for it: problems elsewhere are another construct's to
 * report. There is no environment when an error is among its own problems.
 */
export function compose(value: unknown, isOwn: (problem: Problem) => boolean): Composition {
  const result = parseEnvironment(value, { platforms: ['kubernetes'] });
  const problems = result.problems.filter(isOwn);
  if (result.environment !== undefined) return { environment: result.environment, problems };
  if (problems.some(isError)) return { problems };
  const parsed = environmentSpec.safeParse(value);
  return parsed.success ? { environment: resolveEnvironment(parsed.data), problems } : { problems };
}

/** Whether a problem stops everything. */
export function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Two findings of the same fault. */
export function sameProblem(a: Problem, b: Problem): boolean {
  return a.code === b.code && a.message === b.message && formatPath(a.path) === formatPath(b.path);
}

/** The platform section of a construct in a chart: objects go to the chart's namespace, where it has one and none is given. */
export function inNamespaceOf(scope: Construct, platform: EnvironmentInput['platform']): EnvironmentInput['platform'] {
  const { namespace } = Chart.of(scope);
  return namespace === undefined ? platform : { ...platform, kubernetes: { namespace, ...platform?.kubernetes } };
}

/** Reports errors at the construct that caused them, when the app is synthesized: all at once, each with the construct's path. */
export function reportErrors(construct: Construct, problems: () => readonly Problem[]): void {
  construct.node.addValidation({
    validate: () =>
      problems()
        .filter(isError)
        .map(({ code, path, message }) => `${path.length === 0 ? '' : `${formatPath(path)}: `}${message} (${code})`),
  });
}
