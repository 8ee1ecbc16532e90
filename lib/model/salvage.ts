import type { z } from 'zod';
import { nearest } from './nearest';
import { maximumNodeId } from './node-pool';
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
  /** Where something stood before items of lists were taken out. */
  readonly originalPath: (path: Path) => Path;
}

type StandIn = (value: unknown, path: Path) => unknown;

/** An id that no file is likely to use, another for every place. */
const freeId: StandIn = (_, [, pool, , position]) => Math.max(0, maximumNodeId - Number(pool) * 20 - Number(position ?? 0));

/** Values for what must be there; whatever follows from them is not reported. */
const standIns: readonly (readonly [pattern: string, value: StandIn])[] = [
  ['name', () => 'environment'],
  ['kind', () => 'development'],
  ['kafka', () => ({ version: '3.9.2' })],
  ['kafka.version', () => '3.9.2'],
  ['metadata', () => ({ mode: 'kraft' })],
  ['metadata.mode', (value) => (valueAt(value, ['metadata', 'ensemble']) === undefined ? 'kraft' : 'zookeeper')],
  ['metadata.ensemble', () => ({ ids: [1], memory: '64Gi', disks: [{ name: 'data', size: '1Ti' }] })],
  ['metadata.ensemble.ids', () => [1]],
  ['metadata.ensemble.memory', () => '64Gi'],
  ['metadata.ensemble.disks', () => [{ name: 'data', size: '1Ti' }]],
  ['metadata.ensemble.disks.*.size', () => '1Ti'],
  ['nodePools', () => [{ name: 'stand-in', ids: [0], memory: '64Gi', disks: [{ name: 'data', size: '1Ti' }] }]],
  ['nodePools.*.name', (_, path) => `stand-in-${path[1]}`],
  ['nodePools.*.ids', (value, path) => [freeId(value, path)]],
  ['nodePools.*.memory', () => '64Gi'],
  ['nodePools.*.disks', () => [{ name: 'data', size: '1Ti' }]],
  ['nodePools.*.disks.*.name', (_, path) => `stand-in-${path[3]}`],
  ['nodePools.*.disks.*.size', () => '1Ti'],
  ['listeners', () => [{ name: 'STAND_IN', port: 1, security: 'plaintext' }]],
  ['listeners.*.name', (_, path) => `STAND_IN_${path[1]}`],
  ['listeners.*.port', (_, path) => 1 + Number(path[1])],
  ['listeners.*.security', (value, path) => (valueAt(value, [...path.slice(0, 2), 'mechanisms']) === undefined ? 'plaintext' : 'scram')],
  ['userGroups.*.members', () => ['stand-in']],
];

/** Values that are replaced where others are taken out, because it counts how many there are. */
const replacements: readonly (readonly [pattern: string, value: StandIn])[] = [['nodePools.*.ids.*', freeId]];

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
  const lists = new RemovedItems();
  let value: unknown = original;
  let issues = first;
  for (let round = 0; round < rounds; round += 1) {
    const removed: Path[] = [];
    for (const path of issues.flatMap(targets)) {
      const mended = mend(value, path);
      value = mended.value;
      if (mended.removed) removed.push(lists.original(mended.at));
      touched.push(lists.original(path), lists.original(mended.at), ...meantKeys(schema, original, lists.original(path)));
    }
    for (const path of removed) lists.add(path);
    value = withoutHoles(value);
    const parsed = schema.safeParse(value);
    if (parsed.success) return { output: parsed.data, further, touched, originalPath: (path) => lists.original(path) };
    issues = parsed.error.issues;
    const translated = issues.map((issue) => ({ ...issue, path: [...lists.original(issue.path as Path)] }));
    further.push(...translated.filter((issue) => isNew(issue, original, touched)));
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

/** Stands for an item taken out of a list until all of a round are, so that indexes stay right. */
const hole = Symbol('taken out');

/** Which items of lists were taken out, by their place in the original value. */
class RemovedItems {
  private readonly indexes = new Map<string, number[]>();

  /** Notes an item; a value that is no item of a list moves nothing. */
  add(path: Path): void {
    const index = path.at(-1);
    if (typeof index !== 'number') return;
    const key = JSON.stringify(path.slice(0, -1));
    const known = this.indexes.get(key) ?? [];
    if (!known.includes(index))
      this.indexes.set(
        key,
        [...known, index].sort((a, b) => a - b),
      );
  }

  /** The original place of what is at `path` now. */
  original(path: Path): Path {
    const result: (string | number)[] = [];
    for (const step of path) {
      const removed = typeof step === 'number' ? (this.indexes.get(JSON.stringify(result)) ?? []) : [];
      result.push(removed.reduce<string | number>((index, gone) => (typeof index === 'number' && gone <= index ? index + 1 : index), step));
    }
    return result;
  }
}

interface Mended {
  readonly value: unknown;
  /** What was taken out or replaced: the place asked for, or what it is part of. */
  readonly at: Path;
  readonly removed: boolean;
}

/** Takes a value out; where it is not there and must be, puts a stand-in, or takes out what it is part of. */
function mend(value: unknown, path: Path): Mended {
  if (path.length === 0) return { value: {}, at: path, removed: false };
  const replacement = find(replacements, path);
  if (replacement !== undefined) return { value: change(value, path, replacement(value, path)), at: path, removed: false };
  if (valueAt(value, path) !== undefined) return { value: change(value, path, hole), at: path, removed: true };
  if (path.some((_, index) => valueAt(value, path.slice(0, index)) === hole)) return { value, at: path, removed: false };
  const standIn = find(standIns, path);
  if (standIn !== undefined) return { value: change(value, path, standIn(value, path)), at: path, removed: false };
  return mend(value, path.slice(0, -1));
}

function find(table: typeof standIns, path: Path): StandIn | undefined {
  const matches = (pattern: readonly string[]): boolean =>
    pattern.length === path.length && pattern.every((word, index) => word === '*' || word === String(path[index]));
  return table.find(([pattern]) => matches(pattern.split('.')))?.[1];
}

/** A copy with one value replaced. */
function change(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (!isContainer(value)) return value;
  const inner = change(value[key], rest, replacement);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? inner : item));
  const copy = { ...value, [key]: inner };
  if (inner === hole) delete copy[key];
  return copy;
}

function withoutHoles(value: unknown): unknown {
  if (!isContainer(value)) return value;
  if (Array.isArray(value)) return value.filter((item) => item !== hole).map(withoutHoles);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHoles(inner)]));
}
