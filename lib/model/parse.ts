import type { Environment } from './environment';
import { environmentSpec } from './environment-spec';
import type { Problem } from './problem';
import { resolveEnvironment } from './resolve';
import { checkEnvironment } from './rules';

/** What came of a value: a complete environment, or the reasons why not; problems that are no errors stand beside an environment. */
export interface ParseResult {
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/** Turns a merged value into an environment: schema, defaults, rules, all problems at once. */
export function parseEnvironment(value: unknown): ParseResult {
  const parsed = environmentSpec.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue): Problem => ({
        code: `schema/${issue.code}`,
        severity: 'error',
        path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
        message: issue.message,
      }),
    );
    return { problems };
  }
  const environment = resolveEnvironment(parsed.data);
  const problems = checkEnvironment(environment);
  return problems.some((problem) => problem.severity === 'error') ? { problems } : { environment, problems };
}
