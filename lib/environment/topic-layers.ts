import { child, inLayer, type Layer, type LocatedEntry, type LocatedMap, type LocatedNode, removes, without } from './located';
import { mergeAll } from './merge';

/** One layer of an environment: the body of a file, or what its `environmentOverrides` say for the environment's kind. */
export interface BodyLayer {
  readonly body: LocatedMap;
  readonly override: boolean;
}

/** One thing that has a say in a topic. */
interface Say {
  readonly from: 'defaults' | 'topic';
  readonly node: LocatedNode;
  readonly key: LocatedEntry['key'];
}

/**
 * Merges the layers of an environment, the lowest first. Topics are put together from what each layer says in turn: its
 * `defaults`, the topic itself, and the topic's `environmentOverrides` for the kind. The result has only complete topics: no
 * `defaults` and no `environmentOverrides`.
 */
export function mergeLayers(layers: readonly BodyLayer[], kind: string | undefined): LocatedMap | undefined {
  const rest = mergeAll(
    layers.map(({ body, override }) => inLayer(without(body, ['defaults', 'topics']), override ? 'environment_overrides' : 'file')),
  );
  if (rest?.kind !== 'map') return undefined;
  const topics = mergeTopics(layers, kind);
  return topics === undefined ? rest : { ...rest, entries: new Map([...rest.entries, ['topics', topics]]) };
}

function mergeTopics(layers: readonly BodyLayer[], kind: string | undefined): LocatedEntry | undefined {
  let holder: LocatedEntry | undefined;
  let defaults: Say[] = [];
  const says = new Map<string, Say[]>();
  for (const { body, override } of layers) {
    const given = body.entries.get('defaults');
    if (given !== undefined && removes(given.value)) {
      defaults = [];
      for (const [name, of] of says)
        says.set(
          name,
          of.filter(({ from }) => from === 'topic'),
        );
    } else if (given?.value.kind === 'map') {
      const say: Say = { from: 'defaults', node: inLayer(given.value, override ? 'environment_overrides' : 'defaults'), key: given.key };
      defaults.push(say);
      for (const of of says.values()) of.push(say);
    }
    const topics = body.entries.get('topics');
    if (topics === undefined) continue;
    holder = {
      key: topics.key,
      value: topics.value.kind === 'map' ? inLayer({ ...topics.value, entries: new Map() }, 'topic') : topics.value,
    };
    if (topics.value.kind !== 'map') says.clear();
    else
      for (const [name, entry] of topics.value.entries) says.set(name, [...(says.get(name) ?? defaults), ...saysOf(entry, kind, override)]);
  }
  if (holder?.value.kind !== 'map') return holder;
  const entries = [...says].flatMap(([name, of]) => {
    const entry = complete(of);
    return entry === undefined ? [] : [[name, entry] as const];
  });
  return { key: holder.key, value: { ...holder.value, entries: new Map(entries) } };
}

function saysOf({ key, value }: LocatedEntry, kind: string | undefined, override: boolean): Say[] {
  const say = (node: LocatedNode, layer: Layer): Say => ({
    from: 'topic',
    node: inLayer(node.kind === 'map' && node.entries.has('environmentOverrides') ? without(node, ['environmentOverrides']) : node, layer),
    key,
  });
  if (override) return [say(value, 'environment_overrides')];
  const partial = kind === undefined ? undefined : child(child(value, 'environmentOverrides'), kind);
  const own = say(value, 'topic');
  return partial?.kind === 'map' ? [own, say(partial, 'environment_overrides')] : [own];
}

/**
 * A topic from all that was said of it. A topic that was removed, and not named again, stays removed, whatever `defaults` follow;
 * one that is named again starts anew from the defaults.
 */
function complete(says: readonly Say[]): LocatedEntry | undefined {
  const [only] = says;
  if (says.length === 1 && only?.from === 'topic' && only.node.kind === 'map') return { key: only.key, value: only.node };
  const removal = says.findLastIndex(({ from, node }) => from === 'topic' && removes(node));
  const left = says.filter(({ from }, index) => from === 'defaults' || index > removal);
  const own = left.filter(({ from }) => from === 'topic');
  const last = own.at(-1) ?? says[removal];
  if (last === undefined) return undefined;
  // What is no map is wrong: it is shown as it is, or the next layer would hide it.
  const wrong = own.find(({ node }) => node.kind !== 'map');
  const value = own.length === 0 ? last.node : (wrong?.node ?? mergeAll(left.map(({ node }) => node)));
  return value && { key: last.key, value: value === wrong?.node ? value : { ...value, origin: last.node.origin } };
}
