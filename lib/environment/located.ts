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

/** The layer of what stands under a key of a file. Told when it is read, it need not be copied to be told later. */
export function layerUnder(section: string | number | undefined): Layer {
  if (section === 'topics') return 'topic';
  return section === 'defaults' ? 'defaults' : 'file';
}

/** The same tree, every value of it in another layer. What is in that layer already is not copied. */
export function inLayer<Node extends LocatedNode>(node: Node, layer: Layer): Node {
  return isInLayer(node, layer) ? node : (relayer(node, layer) as Node);
}

function isInLayer(node: LocatedNode, layer: Layer): boolean {
  if (node.origin.layer !== layer) return false;
  if (node.kind === 'list') return node.items.every((item) => isInLayer(item, layer));
  if (node.kind === 'map') for (const { value } of node.entries.values()) if (!isInLayer(value, layer)) return false;
  return true;
}

function relayer(node: LocatedNode, layer: Layer): LocatedNode {
  const origin = { position: node.origin.position, layer };
  if (node.kind === 'scalar') return { ...node, origin };
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => relayer(item, layer)), origin };
  const entries = [...node.entries].map(([name, { key, value }]) => [name, { key, value: relayer(value, layer) }] as const);
  return { ...node, entries: new Map(entries), origin };
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
