import { formatPath, nearest, type Path, type Problem } from '../model';
import { child, type LocatedMap, type LocatedNode, removes, without } from './located';
import { merge, nameOf } from './merge';
import type { BodyLayer } from './topic-layers';

/**
 * A `null` that removes nothing is most likely a mistyped name, and what it was to remove stays: a warning each. Looked for in
 * sections, named lists and topics; inside a topic a `null` may as well be meant for `defaults`.
 */
export function idleRemovals(layers: readonly BodyLayer[]): Problem[] {
  const problems: Problem[] = [];
  let below: LocatedNode | undefined;
  // Most files remove nothing: then there is nothing to merge for.
  const last = layers.findLastIndex(({ body }) => removesAny(body));
  for (const { body } of layers.slice(0, last + 1)) {
    const said = shallowTopics(without(body, ['defaults']));
    idle(below, said, [], problems);
    below = below === undefined ? said : merge(below, said);
  }
  return problems;
}

function removesAny(body: LocatedMap): boolean {
  for (const [key, { value }] of body.entries) {
    if (key === 'defaults') continue;
    if (key === 'topics' && value.kind === 'map' ? removesTopic(value) : hasRemoval(value)) return true;
  }
  return false;
}

function removesTopic(topics: LocatedMap): boolean {
  for (const { value } of topics.entries.values()) if (removes(value)) return true;
  return false;
}

function hasRemoval(node: LocatedNode): boolean {
  if (node.kind !== 'map') return removes(node);
  for (const { value } of node.entries.values()) if (hasRemoval(value)) return true;
  return false;
}

const noEntries: LocatedMap['entries'] = new Map();

/** Topics by their names alone: what they hold is not looked at. */
function shallowTopics(body: LocatedMap): LocatedMap {
  const topics = body.entries.get('topics');
  if (topics?.value.kind !== 'map') return body;
  const names = [...topics.value.entries].map(([name, entry]) => {
    const value = entry.value.kind === 'map' ? { ...entry.value, entries: noEntries } : entry.value;
    return [name, { key: entry.key, value }] as const;
  });
  return { ...body, entries: new Map([...body.entries, ['topics', { ...topics, value: { ...topics.value, entries: new Map(names) } }]]) };
}

function idle(below: LocatedNode | undefined, said: LocatedNode, path: Path, problems: Problem[]): void {
  if (said.kind !== 'map') return;
  for (const [key, { value }] of said.entries) {
    const target = below?.kind === 'list' ? below.items.find((item) => nameOf(item) === key) : child(below, key);
    if (!removes(value)) idle(target, value, [...path, key], problems);
    else if (target === undefined) {
      const near = nearest(key, known(below));
      const remedy = near === undefined ? 'take the line out' : `did you mean "${near}"?`;
      const message = `null removes nothing: no layer below sets ${formatPath([...path, key])}; ${remedy}`;
      problems.push({
        code: 'environment/removes-nothing',
        severity: 'warning',
        path: [...path, key],
        message,
        position: value.origin.position,
      });
    }
  }
}

function known(node: LocatedNode | undefined): string[] {
  if (node?.kind === 'map') return [...node.entries.keys()];
  return node?.kind === 'list' ? node.items.flatMap((item) => nameOf(item) ?? []) : [];
}
