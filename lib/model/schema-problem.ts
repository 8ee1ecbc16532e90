import type { z } from 'zod';
import { isLiteralSecret, isSecretKey } from './literal-secret';
import { nearest } from './nearest';
import type { Path, Problem } from './problem';
import { knownKeys, valueAt } from './schema-shape';

type Issue = z.core.$ZodIssue;

/** Turns what the schema refuses into problems: the value got, the limit, the remedy. A secret is never repeated. */
export function schemaProblems(schema: z.core.$ZodType, value: unknown, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    const got = valueAt(value, path);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(schema, value, path, key));
    const { code, message } = describe(issue, got, shown(got, path));
    return [{ code: `schema/${code}`, severity: 'error', path, message }];
  });
}

function unknownKey(schema: z.core.$ZodType, value: unknown, path: Path, key: string): Problem {
  const problem = { severity: 'error', path: [...path, key] } as const;
  if (isLiteralSecret(key, valueAt(value, problem.path), undefined)) {
    const message = `"${key}" would hold a secret in clear and is no key; remove it and name a logical secret, whose value is given apart from the file`;
    return { ...problem, code: 'secret/literal', message };
  }
  const known = knownKeys(schema, value, path);
  const suggestion = nearest(key, known);
  const choice = known.length > 0 && known.length <= 12 ? `known here are ${known.join(', ')}` : 'correct or remove it';
  const remedy = suggestion === undefined ? choice : `the nearest known is "${suggestion}"`;
  return { ...problem, code: 'schema/unknown-key', message: `unknown key ${JSON.stringify(key)}; ${remedy}` };
}

interface Description {
  readonly code: string;
  readonly message: string;
}

function describe(issue: Issue, got: unknown, text: string): Description {
  if (got === undefined && issue.code !== 'custom') return { code: 'missing', message: `is missing; ${missingRemedy(issue)}` };
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(text, [issue.expected], got);
    case 'too_big':
    case 'too_small':
      return sizeProblem(issue, got, text);
    case 'invalid_format':
      return { code: 'wrong-format', message: ownMessage(issue, text) ?? `${text} does not match ${issue.pattern ?? issue.format}` };
    case 'invalid_value':
      return notAllowed(text, got, issue.values);
    case 'invalid_union':
      return unionProblem(issue, got, text);
    case 'invalid_key':
      return { code: 'invalid-key', message: keyMessage(issue) };
    case 'not_multiple_of':
      return { code: 'wrong-value', message: `${text} is no multiple of ${issue.divisor}; correct it` };
    default:
      return { code: 'wrong-value', message: `${text} ${issue.message}` };
  }
}

/** The names that YAML's readers know, with the remedy for each. */
const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function wrongType(text: string, expected: readonly string[], got: unknown): Description {
  const wanted = [...new Set(expected.map((type) => types[type] ?? type))];
  const list = wanted.length < 2 ? wanted.join('') : `${wanted.slice(0, -1).join(', ')} or ${wanted.at(-1)}`;
  const hint =
    wanted.includes('a text') && (typeof got === 'number' || typeof got === 'boolean') ? '; put it in quotes' : `; write ${list}`;
  return { code: 'wrong-type', message: `${text} is not ${list}${hint}` };
}

function missingRemedy(issue: Issue): string {
  if (issue.code === 'invalid_type') return `write ${types[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `write one of ${issue.values.map(String).join(', ')}`;
  const options = issue.code === 'invalid_union' ? discriminatorOptions(issue) : [];
  return options.length > 0 ? `write one of ${options.join(', ')}` : 'add it';
}

function notAllowed(text: string, got: unknown, values: readonly unknown[]): Description {
  const words = values.map(String);
  const suggestion = typeof got === 'string' ? nearest(got, words) : undefined;
  const remedy = suggestion === undefined ? '' : `; the nearest is "${suggestion}"`;
  return {
    code: 'not-allowed',
    message: `${text} is not allowed; write ${words.length === 1 ? words[0] : `one of ${words.join(', ')}`}${remedy}`,
  };
}

function discriminatorOptions(issue: Extract<Issue, { code: 'invalid_union' }>): readonly string[] {
  const { options } = issue as { options?: readonly unknown[] };
  return (options ?? []).map(String);
}

function unionProblem(issue: Extract<Issue, { code: 'invalid_union' }>, got: unknown, text: string): Description {
  const options = discriminatorOptions(issue);
  if (options.length > 0) return notAllowed(text, got, options);
  const expected = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [first.expected] : []));
  return expected.length === 0
    ? { code: 'wrong-value', message: `${text} fits none of the allowed forms; correct it` }
    : wrongType(text, expected, got);
}

function sizeProblem(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>, got: unknown, text: string): Description {
  const own = ownMessage(issue, text);
  const big = issue.code === 'too_big';
  const limit = issue.code === 'too_big' ? issue.maximum : issue.minimum;
  if (own !== undefined) return { code: big ? 'too-big' : 'too-small', message: own };
  if (Array.isArray(got)) {
    const message = `the list has ${got.length} items, and ${big ? 'at most' : 'at least'} ${limit} ${limit === 1 ? 'is' : 'are'} ${big ? 'allowed' : 'needed'}; ${big ? 'remove some' : 'add one'}`;
    return { code: big ? 'too-long' : 'too-short', message };
  }
  if (typeof got === 'string') {
    const message = `${text} has ${got.length} characters, and ${big ? 'at most' : 'at least'} ${limit} ${limit === 1 ? 'is' : 'are'} ${big ? 'allowed' : 'needed'}; make it ${big ? 'shorter' : 'longer'}`;
    return { code: big ? 'too-long' : 'too-short', message };
  }
  const strict = issue.inclusive === false;
  const relation = big ? (strict ? 'not below' : 'above') : strict ? 'not above' : 'below';
  const remedy = strict ? `${big ? 'lower' : 'raise'} it` : big ? `lower it to at most ${limit}` : `raise it to at least ${limit}`;
  return { code: big ? 'too-big' : 'too-small', message: `${text} is ${relation} ${limit}; ${remedy}` };
}

function keyMessage(issue: Extract<Issue, { code: 'invalid_key' }>): string {
  const key = JSON.stringify(String(issue.path.at(-1)));
  const [first] = issue.issues;
  return (first && ownMessage(first, key)) ?? `${key} is no valid key here; correct it`;
}

/** The schema's own words, where it has some: a predicate of the value. */
function ownMessage(issue: { readonly message: string }, text: string): string | undefined {
  return /^(is|has|does|must) /.test(issue.message) ? `${text} ${issue.message}` : undefined;
}

/** Whether a value may be a secret, by where it stands: also an account or a secret whose password was written in its place. */
function mayBeSecret(path: Path): boolean {
  if (path[0] === 'serviceAccounts' && path.length === 2) return true;
  return path.some((step) => typeof step === 'string' && (isSecretKey(step) || /secrets?$/i.test(step)));
}

/** A value as it is written, cut; `the value` where it may be a secret. */
function shown(value: unknown, path: Path): string {
  if (mayBeSecret(path)) return 'the value';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
