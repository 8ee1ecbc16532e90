import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Path, Position, Problem } from '../model';
import { type LocatedEntry, type LocatedNode, type LocatedScalar, layerUnder, type Origin } from './located';
import { readingProblem } from './reading-problem';

/** What turning YAML nodes into located ones needs: places by offset, and somewhere to put problems. */
export interface LocateContext {
  readonly at: (offset: number) => Position;
  readonly report: (problem: Problem) => void;
}

const deepest = 64;

/** Tags that say no more than the value itself does. */
const plainTags = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`);

/** Turns a parsed YAML node into a located one, reporting all that an environment file may not contain. */
export function locateYaml(node: Node, context: LocateContext): LocatedNode {
  return locate(node, [], node.range?.[0] ?? 0, context);
}

function locate(node: unknown, path: Path, offset: number, context: LocateContext): LocatedNode {
  const position = context.at(isNode(node) ? (node.range?.[0] ?? offset) : offset);
  const origin: Origin = { position, layer: layerUnder(path[0]) };
  const refuse = (code: string, message: string): LocatedScalar => {
    context.report(readingProblem(code, position, path, message));
    return { kind: 'scalar', value: null, invalid: true, origin };
  };
  if (path.length > deepest) return refuse('too-deep', `values stand more than ${deepest} levels inside each other`);
  if (isAlias(node))
    return refuse('anchor', `*${node.source} repeats another value; write the value, or share it through extends or defaults`);
  if (!isNode(node)) return refuse('empty-value', noValue(path));
  if (node.anchor !== undefined) {
    const message = `&${node.anchor} names a value for repeating; share values through extends or defaults`;
    context.report(readingProblem('anchor', position, path, message));
  }
  if (node.tag !== undefined && !plainTags.includes(node.tag))
    return refuse('tag', `the tag ${node.tag} has no meaning here; write the plain value`);
  if (isMap(node)) return { kind: 'map', entries: locateEntries(node, path, context), origin };
  if (isSeq(node)) {
    const items = node.items.map((item, index) => locate(item, [...path, index], node.range?.[0] ?? offset, context));
    return { kind: 'list', items, origin };
  }
  if (!isScalar(node)) return refuse('tag', 'this value has no meaning here');
  const wrong = scalarFault(node, path);
  if (wrong !== undefined) return refuse(wrong.code, wrong.message);
  return { kind: 'scalar', value: node.value as LocatedScalar['value'], origin };
}

function locateEntries(map: YAMLMap, path: Path, context: LocateContext): Map<string, LocatedEntry> {
  const entries = new Map<string, LocatedEntry>();
  for (const pair of map.items as Pair[]) {
    const offset = isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : (map.range?.[0] ?? 0);
    const key = context.at(offset);
    const name = keyName(pair.key);
    const refuse = (code: string, message: string) =>
      context.report(readingProblem(code, key, name === undefined ? path : [...path, name], message));
    if (name === undefined) {
      refuse('key', 'a key is a single word or a quoted text');
      continue;
    }
    if (name === '<<') {
      refuse('anchor', '<< merges another map; share values through extends or defaults');
      continue;
    }
    const first = entries.get(name);
    if (first !== undefined) {
      refuse('duplicate-key', `${JSON.stringify(name)} is given twice in one map, first on line ${first.key.line}; keep one`);
      continue;
    }
    entries.set(name, { key, value: locate(pair.value, [...path, name], offset, context) });
  }
  return entries;
}

function keyName(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function scalarFault(node: Scalar, path: Path): { code: string; message: string } | undefined {
  const { value, source = '' } = node;
  if (value === null && source === '') return { code: 'empty-value', message: noValue(path) };
  if (typeof value !== 'number') return undefined;
  if (!Number.isFinite(value)) return { code: 'number', message: `${source} is no usable number` };
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { code: 'number', message: `${source} is beyond ${Number.MAX_SAFE_INTEGER} and would lose digits; put it in quotes` };
  }
  const key = path.at(-1);
  if (typeof key === 'string' && /version$|^tag$/i.test(key) && source !== String(value)) {
    return { code: 'number', message: `${source} would be read as the number ${value}; put it in quotes` };
  }
  return undefined;
}

function noValue(path: Path): string {
  return `${String(path.at(-1))} has no value; write {} or [] for an empty one, null to remove it`;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || isAlias(value);
}
