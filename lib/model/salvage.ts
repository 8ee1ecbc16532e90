import type { z } from 'zod';
import { nearest } from './nearest';
import type { Path } from './problem';
import { isContainer, knownKeys, valueAt } from './schema-shape';

type Issue = z.core.$ZodIssue;

/** What is left of a value when everything that the schema refuses is taken out. */
export interface Salvaged<Output> {
  readonly output: Output;
  /** Issues that came to light only when others were out of the way. */
  readonly further: readonly Issue[];
  /** What was taken out or put in, and the keys that misspelt ones were probably meant for. */
  readonly touched: readonly Path[];
}

/** Values for what must be there; whatever follows from them is not reported. */
const standIns: readonly (readonly [pattern: string, value: unknown])[] = [
  ['name', 'environment'],
  ['kind', 'development'],
  ['kafka', { version: '3.9.2' }],
  ['kafka.version', '3.9.2'],
  ['clusterId', undefined],
  ['metadata', { mode: 'kraft' }],
  ['metadata.mode', 'kraft'],
  ['metadata.ensemble', { ids: [1], memory: '1Gi', disks: [{ name: 'data', size: '10Gi' }] }],
  ['metadata.ensemble.ids', [1]],
  ['metadata.ensemble.memory', '64Gi'],
  ['metadata.ensemble.disks', [{ name: 'data', size: '10Gi' }]],
  ['metadata.ensemble.disks.*.size', '10Gi'],
  ['nodePools', [{ name: 'stand-in', ids: [0], memory: '64Gi', disks: [{ name: 'data', size: '1Ti' }] }]],
  ['nodePools.*.name', 'stand-in'],
  ['nodePools.*.ids', [0]],
  ['nodePools.*.memory', '64Gi'],
  ['nodePools.*.disks', [{ name: 'data', size: '1Ti' }]],
  ['nodePools.*.disks.*.name', 'stand-in'],
  ['nodePools.*.disks.*.size', '1Ti'],
  ['listeners', [{ name: 'STAND_IN', port: 1, security: 'plaintext' }]],
  ['listeners.*.name', 'STAND_IN'],
  ['listeners.*.port', 1],
  ['listeners.*.security', 'plaintext'],
];

/** More rounds than any value needed so far. */
const rounds = 12;

/** Takes out what the schema refuses until it accepts the rest; undefined when too little is left. */
export function salvage<Schema extends z.core.$ZodType>(
  schema: Schema & { safeParse(value: unknown): z.core.util.SafeParseResult<z.output<Schema>> },
  original: unknown,
  first: readonly Issue[],
): Salvaged<z.output<Schema>> | undefined {
  if (!isContainer(original) || Array.isArray(original)) return undefined;
  const touched: Path[] = [];
  const further: Issue[] = [];
  let value: unknown = original;
  let issues = first;
  for (let round = 0; round < rounds; round += 1) {
    // Deeper and later ones first, so that the indexes of lists stay right.
    for (const path of issues.flatMap(targets).sort(laterFirst)) {
      touched.push(path, ...meantKeys(schema, original, path));
      value = mend(value, path);
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return { output: parsed.data, further, touched };
    issues = parsed.error.issues;
    further.push(...issues.filter((issue) => isNew(issue, original, touched)));
  }
  return undefined;
}

function targets(issue: Issue): Path[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

/** A misspelt key was probably meant for another, whose default then judges nothing. */
function meantKeys(schema: z.core.$ZodType, original: unknown, path: Path): Path[] {
  const key = path.at(-1);
  const parent = path.slice(0, -1);
  if (typeof key !== 'string') return [];
  const known = knownKeys(schema, original, parent);
  const meant = known.includes(key) ? undefined : nearest(key, known);
  return meant === undefined ? [] : [[...parent, meant]];
}

function isNew(issue: Issue, original: unknown, touched: readonly Path[]): boolean {
  if (issue.code === 'unrecognized_keys') return false;
  const path = issue.path as Path;
  return valueAt(original, path) !== undefined && !touched.some((other) => isPrefix(other, path));
}

/** Whether `path` is `prefix` or lies below it. */
export function isPrefix(prefix: Path, path: Path): boolean {
  return prefix.every((step, index) => path[index] === step);
}

function laterFirst(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    if (typeof left === 'number' && typeof right === 'number' && left !== right) return right - left;
    if (String(left) !== String(right)) return String(left) < String(right) ? 1 : -1;
  }
  return b.length - a.length;
}

/** Takes a value out; where it is not there and must be, puts a stand-in, or takes out what it is part of. */
function mend(value: unknown, path: Path): unknown {
  if (path.length === 0) return {};
  if (valueAt(value, path) !== undefined) return change(value, path, undefined);
  const standIn = standIns.find(([pattern]) => matches(pattern.split('.'), path))?.[1];
  if (standIn !== undefined) return change(value, path, standIn);
  return mend(value, path.slice(0, -1));
}

function matches(pattern: readonly string[], path: Path): boolean {
  return pattern.length === path.length && pattern.every((word, index) => word === '*' || word === String(path[index]));
}

/** A copy with one value replaced, or removed when it is undefined. */
function change(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (!isContainer(value)) return value;
  const inner = change(value[key], rest, replacement);
  if (Array.isArray(value)) return value.flatMap((item, index) => (index !== key ? [item] : inner === undefined ? [] : [inner]));
  const copy = { ...value, [key]: inner };
  if (inner === undefined) delete copy[key];
  return copy;
}
