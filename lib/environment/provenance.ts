import type { Path, Position } from '../model';
import { type LocatedEntry, type LocatedNode, type Origin, removes } from './located';
import { nameOf } from './merge';

/** What set a value. `position` is absent for a schema default alone. */
export type Source = Origin | { readonly layer: 'schema default'; readonly position?: undefined };

/** One value of a merged environment that holds no others, and what set it. An empty map or list counts as one. */
export interface Leaf {
  readonly path: Path;
  readonly value: unknown;
  readonly source: Origin;
}

/** Where each value of a merged environment comes from. */
export interface Provenance {
  /** What set the value at a path; what no file sets is a schema default. */
  sourceOf(path: Path): Source;
  /** The place of the value at a path, or of its nearest ancestor that a file names. */
  positionOf(path: Path): Position;
  /** The place of the key at the end of a path, or as `positionOf`. */
  keyPositionOf(path: Path): Position;
  /** Every value that files set, in the order of the plain value. */
  leaves(): readonly Leaf[];
}

/** The provenance of a merged tree. */
export function provenanceOf(root: LocatedNode): Provenance {
  return {
    sourceOf: (path) => {
      const { node, depth } = deepest(root, path);
      // A scalar stands for what the schema makes of it; below a map, what is not there was not said.
      return (depth === path.length && !removes(node)) || (depth < path.length && node.kind === 'scalar' && !removes(node))
        ? node.origin
        : { layer: 'schema default' };
    },
    positionOf: (path) => {
      const { node, key } = deepest(root, path);
      return node.kind === 'scalar' ? node.origin.position : (key ?? node.origin.position);
    },
    keyPositionOf: (path) => {
      const { node, key } = deepest(root, path);
      return key ?? node.origin.position;
    },
    leaves: () => leavesOf(root, []),
  };
}

interface Found {
  readonly node: LocatedNode;
  readonly key?: Position | undefined;
  readonly depth: number;
}

function deepest(root: LocatedNode, path: Path): Found {
  let found: Found = { node: root, depth: 0 };
  for (const step of path) {
    const next = stepInto(found.node, step);
    if (next === undefined) break;
    found = { ...next, depth: found.depth + 1 };
  }
  return found;
}

function stepInto(node: LocatedNode, step: string | number): Pick<Found, 'node' | 'key'> | undefined {
  if (node.kind === 'map') {
    const entry: LocatedEntry | undefined = node.entries.get(String(step));
    return entry && { node: entry.value, key: entry.key };
  }
  if (node.kind === 'scalar') return undefined;
  const item = typeof step === 'number' ? node.items[step] : node.items.find((candidate) => nameOf(candidate) === step);
  return item && { node: item };
}

function leavesOf(node: LocatedNode, path: Path): Leaf[] {
  if (node.kind === 'scalar') return [{ path, value: node.value, source: node.origin }];
  if (node.kind === 'list') {
    if (node.items.length === 0) return [{ path, value: [], source: node.origin }];
    return node.items.flatMap((item, index) => leavesOf(item, [...path, index]));
  }
  const kept = [...node.entries].filter(([, { value }]) => !removes(value) && !(value.kind === 'scalar' && value.invalid));
  if (kept.length === 0) return [{ path, value: {}, source: node.origin }];
  return kept.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, entry]) => leavesOf(entry.value, [...path, key]));
}
