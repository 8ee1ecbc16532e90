import type { Environment } from '../environment';
import type { Problem } from '../problem';
import type { Rule } from './rule';

/** Every rule, in the order of the documentation. */
export const rules: readonly Rule[] = [];

/** Applies every rule and returns what all of them found. Under `security.strictMode` warnings are errors. */
export function checkEnvironment(environment: Environment): readonly Problem[] {
  return rules.flatMap((rule) =>
    rule.check(environment).map((finding) => ({
      ...finding,
      code: rule.code,
      severity: rule.severity === 'warning' && environment.security.strictMode ? ('error' as const) : rule.severity,
    })),
  );
}
