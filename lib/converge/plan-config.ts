import { lostBytesText } from './affected';
import type { Desired, DesiredTopic } from './desired';
import type { Live, LiveTopic } from './live';
import { sameValue } from './same-value';
import type { SetConfig } from './step';
import { undoConfig } from './undo';

/** Set by whoever moves replicas, and taken away by the same. */
const throttled = /^(leader|follower)\.replication\.throttled\.replicas$/;

interface Comparison {
  readonly topic: DesiredTopic;
  readonly there: LiveTopic;
  readonly desired: Pick<Desired, 'configPolicy'>;
  readonly live: Pick<Live, 'ownership' | 'impact'>;
  readonly protected: boolean;
}

/** What has to be set on a topic and what returned to its default; none or one step. */
export function configChange({ topic, there, desired, live, protected: guarded }: Comparison): readonly SetConfig[] {
  const { name, config } = topic;
  const ours = new Set(live.ownership.topics.get(name) ?? []);
  const set = Object.entries(config).filter(([key, value]) => !sameValue(key, there.config.get(key) ?? '\u0000', value));
  const reset = [...there.config.keys()]
    .filter((key) => config[key] === undefined && !throttled.test(key) && (desired.configPolicy === 'own-all' || ours.has(key)))
    .sort();
  if (set.length + reset.length === 0) return [];
  const before = (key: string) => there.config.get(key) ?? there.inherited.get(key);
  const lossy = [
    ...set.filter(([key, value]) => losesData(key, before(key), value)).map(([key]) => key),
    ...reset.filter((key) => destructive.has(key)),
  ];
  const from = [...set.map(([key]) => key), ...reset].flatMap((key): [string, string][] => {
    const value = before(key);
    return value === undefined ? [] : [[key, value]];
  });
  const affects = lossy.length === 0 ? [] : lostBytesText(name, live.impact, (bytes) => lost(lossy, config, bytes));
  return [
    {
      kind: 'set-config',
      id: `set-config ${name}`,
      class: lossy.length === 0 ? 'online' : 'data-loss',
      affects,
      undo: undoConfig(
        name,
        set.map(([key]) => key),
        reset,
        there.config,
      ),
      topic: name,
      set: Object.fromEntries(set),
      reset,
      from: Object.fromEntries(from),
      owned: Object.keys(config).sort(),
      protected: guarded,
    },
  ];
}

/** Settings by which brokers decide to delete records. */
const destructive: ReadonlySet<string> = new Set([
  'retention.ms',
  'retention.bytes',
  'local.retention.ms',
  'local.retention.bytes',
  'cleanup.policy',
  'delete.retention.ms',
  'unclean.leader.election.enable',
]);

function losesData(key: string, from: string | undefined, to: string): boolean {
  if (!destructive.has(key)) return false;
  if (key === 'unclean.leader.election.enable') return to === 'true';
  if (key === 'cleanup.policy') {
    const before = new Set((from ?? '').split(',').map((word) => word.trim()));
    return to.split(',').some((word) => word.trim() !== '' && !before.has(word.trim()));
  }
  // -1 keeps for ever; -2 of the local ones takes what the topic has.
  const size = (text: string) => (Number(text) < 0 ? Infinity : Number(text));
  return from === undefined || size(to) < size(from);
}

/** How much of a topic goes: an exact number only where the size of the log decides. */
function lost(keys: readonly string[], config: Readonly<Record<string, string>>, bytes: readonly number[]): number | 'up to all' {
  const limit = Number(config['retention.bytes']);
  if (keys.length !== 1 || keys[0] !== 'retention.bytes' || !(limit >= 0)) return 'up to all';
  return bytes.reduce((sum, size) => sum + Math.max(0, size - limit), 0);
}
