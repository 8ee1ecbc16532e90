import type { Position } from '../model';

/** Where in the order of values something was set. `file` is a file's own body outside its topics. */
export type Layer = 'schema default' | 'file' | 'defaults' | 'topic' | 'environment_overrides';

/** What set a value: the place in a file, and the layer it has there. */
export interface Origin {
  readonly position: Position;
  readonly layer: Layer;
}

/** A YAML value that still knows where it was written. */
export type LocatedNode = LocatedScalar | LocatedMap | LocatedList;

/** `null` means "remove what the layers below have set". */
export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
  /** Present on a value that a problem already tells about; it is left out of the plain value. */
  readonly invalid?: true;
}

export interface LocatedMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  readonly origin: Origin;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly items: readonly LocatedNode[];
  readonly origin: Origin;
}

/** A key of a map, with the place of the key itself, and its value. */
export interface LocatedEntry {
  readonly key: Position;
  readonly value: LocatedNode;
}

/** True for an explicit `null`: the marker that removes. */
export function removes(node: LocatedNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.invalid === undefined;
}

/** The value under a key, or `undefined`. */
export function child(node: LocatedNode | undefined, key: string): LocatedNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** The same map without some keys. */
export function without(map: LocatedMap, keys: readonly string[]): LocatedMap {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) };
}

/** The same tree, every value of it in another layer. */
export function inLayer<Node extends LocatedNode>(node: Node, layer: Layer): Node {
  return relayer(node, layer) as Node;
}

/** What is in that layer already is not copied. */
function relayer(node: LocatedNode, layer: Layer): LocatedNode {
  const origin = node.origin.layer === layer ? node.origin : { position: node.origin.position, layer };
  const same = origin === node.origin;
  if (node.kind === 'scalar') return same ? node : { ...node, origin };
  if (node.kind === 'list') {
    const items = node.items.map((item) => relayer(item, layer));
    return same && items.every((item, index) => item === node.items[index]) ? node : { kind: 'list', items, origin };
  }
  let entries: Map<string, LocatedEntry> | undefined = same ? undefined : new Map();
  for (const [name, { key, value }] of node.entries) {
    const moved = relayer(value, layer);
    if (moved !== value) entries ??= new Map(node.entries);
    entries?.set(name, { key, value: moved });
  }
  return entries === undefined ? node : { kind: 'map', entries, origin };
}

/** `file:line:column`. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/**
 * The plain JSON value of a tree: removed and invalid entries of maps are left out, and the keys of every map are sorted, so that
 * nothing further on can depend on the order in which a person wrote them. Lists keep their length (an invalid item is `null`).
 */
export function plainValue(node: LocatedNode): unknown {
  if (node.kind === 'scalar') return node.invalid === undefined ? node.value : null;
  if (node.kind === 'list') return node.items.map(plainValue);
  const kept: string[] = [];
  for (const [key, { value }] of node.entries) if (!removes(value) && !(value.kind === 'scalar' && value.invalid)) kept.push(key);
  const plain: Record<string, unknown> = {};
  for (const key of kept.sort()) {
    const entry = node.entries.get(key);
    if (entry === undefined) continue;
    const value = plainValue(entry.value);
    // Assigned to, this one key would be the prototype.
    if (key === '__proto__') Object.defineProperty(plain, key, { value, enumerable: true, writable: true, configurable: true });
    else plain[key] = value;
  }
  return plain;
}
