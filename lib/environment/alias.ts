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
  return { root: canonicalMap(root, [], [], renames, problems), problems };
}

/** `place` is where the map would stand outside of `environmentOverrides`: what rules are looked up by. */
function canonicalMap(map: LocatedMap, path: Path, place: Path, renames: readonly Rename[], problems: Problem[]): LocatedMap {
  let current = map;
  for (const { at, rule } of renames) {
    if (matches(at, place)) current = move(current, rule, path, problems);
  }
  const entries = [...current.entries].map(([key, entry]) => {
    const value = descend(entry.value, [...path, key], [...place, key], renames, problems);
    return [key, { key: entry.key, value }] as const;
  });
  return { ...current, entries: new Map(entries) };
}

function descend(node: LocatedNode, path: Path, place: Path, renames: readonly Rename[], problems: Problem[]): LocatedNode {
  const outside = place.at(-2) === 'environmentOverrides' ? place.slice(0, -2) : place;
  if (node.kind === 'map') return canonicalMap(node, path, outside, renames, problems);
  if (node.kind === 'scalar') return node;
  return { ...node, items: node.items.map((item, index) => descend(item, [...path, index], [...outside, index], renames, problems)) };
}

function matches(at: readonly string[], place: Path): boolean {
  return at.length === place.length && at.every((step, index) => step === '*' || step === place[index]);
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
