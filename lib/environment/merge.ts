import { child, type LocatedEntry, type LocatedList, type LocatedMap, type LocatedNode, removes } from './located';

/**
 * Lays one value over another, as `extends` does. Pure.
 *
 * 1. Two maps become one, key by key. A `null` stays in the result as a mark that its key is removed.
 * 2. Two named lists (every item a map with a `name`) become one, item by item of the same name, in the order of first appearance.
 * 3. A map over a named list is read by name: `{edge: {port: 9095}}` changes or adds the item `edge`, `{edge: null}` removes it.
 * 4. Everything else replaces what it is laid over.
 */
export function merge(base: LocatedNode, overlay: LocatedNode): LocatedNode {
  if (base.kind === 'map' && overlay.kind === 'map') return mergeMaps(base, overlay);
  if (base.kind === 'list' && overlay.kind === 'list' && isNamed(base) && isNamed(overlay))
    return mergeNamed(base, keyed(overlay), overlay);
  if (base.kind === 'list' && overlay.kind === 'map' && (isNamed(base) || base.items.length === 0)) {
    // Items that are new here have no place of their own: by name, so that the order of keys does not matter.
    return mergeNamed(
      base,
      [...overlay.entries].sort(([a], [b]) => (a < b ? -1 : 1)),
      overlay,
    );
  }
  return overlay;
}

/** Lays values over each other, the first at the bottom; `undefined` for none. */
export function mergeAll(nodes: readonly LocatedNode[]): LocatedNode | undefined {
  const [first, ...rest] = nodes;
  return first === undefined ? undefined : rest.reduce(merge, first);
}

/** The `name` of an item of a named list. */
export function nameOf(item: LocatedNode): string | undefined {
  const name = child(item, 'name');
  return name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined;
}

function isNamed(list: LocatedList): boolean {
  return list.items.length > 0 && list.items.every((item) => nameOf(item) !== undefined);
}

function mergeMaps(base: LocatedMap, overlay: LocatedMap): LocatedMap {
  const entries = new Map(base.entries);
  for (const [key, entry] of overlay.entries) {
    const below = entries.get(key);
    entries.set(key, below === undefined ? entry : { key: entry.key, value: merge(below.value, entry.value) });
  }
  return { kind: 'map', entries, origin: overlay.origin };
}

function mergeNamed(base: LocatedList, overlay: readonly (readonly [string, LocatedEntry])[], source: LocatedNode): LocatedList {
  let items = [...base.items];
  for (const [name, entry] of overlay) {
    const index = items.findIndex((item) => nameOf(item) === name);
    const below = items[index];
    if (removes(entry.value)) items = items.filter((_, at) => at !== index);
    else if (below === undefined) items.push(named(name, entry));
    else items[index] = merge(below, entry.value);
  }
  return { kind: 'list', items, origin: source.origin };
}

function keyed(list: LocatedList): (readonly [string, LocatedEntry])[] {
  return list.items.map((item) => [nameOf(item) ?? '', { key: item.origin.position, value: item }] as const);
}

/** A new item given as `key: {…}`, with its key as its name. */
function named(name: string, entry: LocatedEntry): LocatedNode {
  if (entry.value.kind !== 'map' || entry.value.entries.has('name')) return entry.value;
  const own = { kind: 'scalar', value: name, origin: { position: entry.key, layer: entry.value.origin.layer } } as const;
  return { ...entry.value, entries: new Map([['name', { key: entry.key, value: own }], ...entry.value.entries]) };
}
