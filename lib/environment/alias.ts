import { type AliasRule, formatPath, type Path, type Problem } from '../model';
import { formatPosition, type LocatedEntry, type LocatedMap, type LocatedNode } from './located';
import { readingProblem } from './reading-problem';

/** A tree in canonical words, and what stood in the way. */
export interface Canonical {
  readonly root: LocatedMap;
  readonly problems: readonly Problem[];
}

interface Rename {
  readonly at: readonly string[];
  readonly rule: AliasRule;
}

/**
 * Moves every value that stands under another accepted spelling to its canonical key. Values keep the places where they were
 * written. A value that is given in two spellings at once is a problem that names both places.
 */
export function applyAliases(root: LocatedMap, rules: readonly AliasRule[]): Canonical {
  const renames = rules.map((rule) => ({ at: rule.at === '' ? [] : rule.at.split('.'), rule }));
  const problems: Problem[] = [];
  return { root: canonicalMap(root, [], { here: rulesOf(renames, 0) }, problems), problems };
}

/** Spellings by their keys: whether one ends here, and the keys that others go on with. */
interface Spellings {
  ends: boolean;
  readonly onward: Map<string, Spellings>;
}

function spellingsOf(renames: readonly Rename[]): Spellings {
  const spellings: Spellings = { ends: false, onward: new Map() };
  for (const { rule } of renames) {
    let last = spellings;
    for (const key of rule.from) {
      const next: Spellings = last.onward.get(key) ?? { ends: false, onward: new Map() };
      last.onward.set(key, next);
      last = next;
    }
    last.ends = true;
  }
  return spellings;
}

/** Whether any of the spellings is there. There are a hundred for a topic, and most topics have none. */
function holdsAny(map: LocatedMap, { onward }: Spellings): boolean {
  for (const [key, { value }] of map.entries) {
    const next = onward.get(key);
    if (next !== undefined && (next.ends || (value.kind === 'map' && holdsAny(value, next)))) return true;
  }
  return false;
}

/** The rules for a place and for places below it: those whose first `depth` steps lead there. */
interface Rules {
  readonly renames: readonly Rename[];
  readonly depth: number;
  /** The spellings that are moved here. */
  readonly spellings: Spellings;
  /** The next steps that rules name. */
  readonly named: ReadonlySet<string | number | undefined>;
  /** By those steps, `*` for all others: a thousand topics have one set of rules. */
  readonly below: Map<string | number, Rules>;
}

function rulesOf(renames: readonly Rename[], depth: number): Rules {
  return {
    renames,
    depth,
    spellings: spellingsOf(renames.filter(({ at }) => at.length === depth)),
    named: new Set(renames.map(({ at }) => at[depth])),
    below: new Map(),
  };
}

function rulesBelow({ renames, depth, named, below }: Rules, step: string | number): Rules {
  const key = named.has(step) ? step : '*';
  const found =
    below.get(key) ??
    rulesOf(
      renames.filter(({ at }) => leadsOn(at[depth], key)),
      depth + 1,
    );
  below.set(key, found);
  return found;
}

/** `outside` is there in `environmentOverrides` alone: what that holds is looked up as if it stood where that stands. */
interface Place {
  readonly here: Rules;
  readonly outside?: Rules;
}

function canonicalMap(map: LocatedMap, path: Path, place: Place, problems: Problem[]): LocatedMap {
  let current = map;
  if (holdsAny(map, place.here.spellings)) {
    for (const { at, rule } of place.here.renames) if (at.length === place.here.depth) current = move(current, rule, path, problems);
  }
  // What is as it should be is not copied: most of a file is.
  let entries: Map<string, LocatedEntry> | undefined;
  for (const [key, { key: position, value }] of current.entries) {
    const canonical = descend(value, path, key, place, problems);
    if (canonical !== value) entries = (entries ?? new Map(current.entries)).set(key, { key: position, value: canonical });
  }
  return entries === undefined ? current : { ...current, entries };
}

function descend(node: LocatedNode, path: Path, step: string | number, { here, outside }: Place, problems: Problem[]): LocatedNode {
  if (node.kind === 'scalar') return node;
  const inner = outside ?? rulesBelow(here, step);
  const holdsOverrides = outside === undefined && step === 'environmentOverrides' && here.renames.length > 0;
  if (inner.renames.length === 0 && !holdsOverrides) return node;
  const place: Place = holdsOverrides ? { here: inner, outside: here } : { here: inner };
  if (node.kind === 'map') return canonicalMap(node, [...path, step], place, problems);
  const items = node.items.map((item, index) => descend(item, [...path, step], index, place, problems));
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}

function leadsOn(expected: string | undefined, step: string | number): boolean {
  return expected !== undefined && (expected === '*' || expected === step);
}

function move(map: LocatedMap, rule: AliasRule, path: Path, problems: Problem[]): LocatedMap {
  const found = entryAt(map, rule.from);
  if (found === undefined) return map;
  const rest = remove(map, rule.from);
  const given = entryAt(rest, rule.to);
  if (given !== undefined) {
    const message = `${formatPath(rule.from)} and ${formatPath(rule.to)} are one and the same, and both are given: at ${formatPosition(found.key)} and at ${formatPosition(given.key)}; keep one`;
    problems.push(readingProblem('given-twice', found.key, [...path, ...rule.from], message));
    return rest;
  }
  const placed = put(rest, rule.to, found);
  if (placed !== undefined) return withoutEmptied(placed, rule.from.slice(0, -1));
  const message = `${formatPath(rule.from)} stands for ${formatPath(rule.to)}, but ${formatPath(rule.to.slice(0, -1))} is no map here; make it one`;
  problems.push(readingProblem('alias-blocked', found.key, [...path, ...rule.from], message));
  return rest;
}

function entryAt(map: LocatedMap, keys: readonly string[]): LocatedEntry | undefined {
  const [key, ...rest] = keys;
  const entry = key === undefined ? undefined : map.entries.get(key);
  if (entry === undefined || rest.length === 0) return entry;
  return entry.value.kind === 'map' ? entryAt(entry.value, rest) : undefined;
}

function remove(map: LocatedMap, keys: readonly string[]): LocatedMap {
  const [key = '', ...rest] = keys;
  const entries = new Map(map.entries);
  const entry = entries.get(key);
  if (rest.length === 0) entries.delete(key);
  else if (entry?.value.kind === 'map') entries.set(key, { ...entry, value: remove(entry.value, rest) });
  return { ...map, entries };
}

/** A map that held nothing but what was moved out of it was never meant to be there by itself. */
function withoutEmptied(map: LocatedMap, keys: readonly string[]): LocatedMap {
  const holder = keys.length === 0 ? undefined : entryAt(map, keys);
  return holder?.value.kind === 'map' && holder.value.entries.size === 0 ? remove(map, keys) : map;
}

/** `undefined` when something that is no map stands on the way. */
function put(map: LocatedMap, keys: readonly string[], value: LocatedEntry): LocatedMap | undefined {
  const [key = '', ...rest] = keys;
  const entries = new Map(map.entries);
  if (rest.length === 0) return { ...map, entries: entries.set(key, value) };
  const holder = entries.get(key) ?? {
    key: value.key,
    value: { kind: 'map', entries: new Map(), origin: { position: value.key, layer: value.value.origin.layer } } as const,
  };
  const placed = holder.value.kind === 'map' ? put(holder.value, rest, value) : undefined;
  return placed && { ...map, entries: entries.set(key, { key: holder.key, value: placed }) };
}
