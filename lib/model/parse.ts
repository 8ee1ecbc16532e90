import type { Environment } from './environment';
import { environmentSpec } from './environment-spec';
import type { Path, Problem } from './problem';
import { resolveEnvironment } from './resolve';
import { type CheckOptions, checkEnvironment, rules } from './rules';
import { isPrefix, salvage } from './salvage';
import { schemaProblems } from './schema-problem';
import { applyWaivers, type WaiverOptions } from './waive';

/** What came of a value: a complete environment, or the reasons why not; problems that are no errors stand beside an environment. */
export interface ParseResult {
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
}

/** How an environment is judged. */
export interface ValidateOptions extends CheckOptions, Omit<WaiverOptions, 'codes'> {}

const codes: ReadonlySet<string> = new Set(rules.map(({ code }) => code));

/** Turns a merged value into an environment: schema, defaults, rules, waivers, all problems at once. Never throws. */
export function parseEnvironment(value: unknown, options: ValidateOptions = {}): ParseResult {
  const parsed = environmentSpec.safeParse(value);
  if (!parsed.success) return { problems: refused(value, parsed.error.issues, options) };
  const environment = resolveEnvironment(parsed.data);
  const problems = applyWaivers(checkEnvironment(environment, options), environment.waivers, { ...options, codes });
  return problems.some((problem) => problem.severity === 'error') ? { problems } : { environment, problems };
}

type Issues = Parameters<typeof schemaProblems>[2];

/**
 * The problems of a value that the schema refuses. What it accepts is judged by the rules all the same, so that nobody mends a
 * file twice; findings about what was taken out, or that follow from it, are left out.
 */
function refused(value: unknown, issues: Issues, options: ValidateOptions): readonly Problem[] {
  const rest = salvage(environmentSpec, value, issues);
  if (rest === undefined) return schemaProblems(environmentSpec, value, issues);
  const { output, further, touched, originalPath } = rest;
  const sound = rules.filter(({ reads = [] }) => !reads.some((pattern) => touched.some((path) => overlaps(pattern, path))));
  const environment = resolveEnvironment(output);
  const found = checkEnvironment(environment, options, sound)
    .map((problem) => ({ ...problem, path: originalPath(problem.path) }))
    .filter(({ path }) => !touched.some((other) => isPrefix(other, path) || isPrefix(path, other)));
  return [
    ...schemaProblems(environmentSpec, value, [...issues, ...further]),
    // Whether a waiver has an effect cannot be told while part of the environment is missing.
    ...applyWaivers(found, environment.waivers, { ...options, codes }).filter(({ code }) => code !== 'waiver/no-effect'),
  ];
}

/** Whether something at or above what a pattern names was touched; with `**` at its end, or below it. */
function overlaps(pattern: string, path: Path): boolean {
  const words = pattern.split('.');
  const deep = words.at(-1) === '**';
  const fixed = deep ? words.slice(0, -1) : words;
  const matching = fixed.every((word, index) => index >= path.length || word === '*' || word === String(path[index]));
  return matching && (deep || path.length <= fixed.length);
}
