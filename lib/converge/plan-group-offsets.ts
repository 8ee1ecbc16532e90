import { parsePartitionKey } from '../kafka';
import type { Desired, DesiredGroupOffsets } from './desired';
import type { Findings, Note } from './findings';
import type { Live } from './live';
import type { SetGroupOffsets, Step, StepClass } from './step';

/**
 * Offsets to commit. Those of partitions where the group has none are harmless; those in place of others let it read again or leave
 * out, and need consent. A group with members would overwrite them at once, and is refused.
 */
export function planGroupOffsets(desired: Desired, live: Live): Findings {
  const partitions = partitionCounts(desired, live);
  const found = (desired.groupOffsets ?? []).map((group) => findingsOf(group, live, partitions));
  return { steps: found.flatMap(({ steps }) => steps), notes: found.flatMap(({ notes }) => notes) };
}

/** How many partitions each topic has once the plan is done. */
function partitionCounts(desired: Desired, live: Live): ReadonlyMap<string, number> {
  const counts = new Map(desired.topics.map(({ name, partitions }) => [name, partitions]));
  for (const [name, { replicas }] of live.topics) counts.set(name, Math.max(counts.get(name) ?? 0, replicas.length));
  return counts;
}

function findingsOf({ group, offsets }: DesiredGroupOffsets, live: Live, counts: ReadonlyMap<string, number>): Findings {
  const there = live.groups?.get(group);
  const all = Object.entries(offsets);
  const possible = all.filter(([key]) => {
    const { topic, partition } = parsePartitionKey(key);
    return partition < (counts.get(topic) ?? 0);
  });
  const left = all.length - possible.length;
  const notes: Note[] =
    left === 0 ? [] : [{ code: 'offsets-left', message: `the group ${group} has ${left} offsets of partitions that are not there` }];
  const missing = possible.filter(([key]) => !there?.offsets.has(key));
  const differing = possible.filter(([key, offset]) => (there?.offsets.get(key) ?? BigInt(offset)) !== BigInt(offset));
  if (missing.length + differing.length === 0) return { steps: [], notes };
  if ((there?.members ?? 0) > 0) return { steps: [busy(group, there?.members ?? 0)], notes };
  const before = (key: string) => there?.offsets.get(key) ?? 0n;
  const skips = differing.some(([key, offset]) => BigInt(offset) > before(key));
  const rereads = differing.some(([key, offset]) => BigInt(offset) < before(key));
  const from = Object.fromEntries(differing.map(([key]) => [key, String(before(key))]));
  const empty = missing.some(([key]) => !live.topics.has(parsePartitionKey(key).topic));
  const steps: Step[] = [];
  if (missing.length > 0) {
    const affects = empty ? ['where a log ends before its offset, members start as their auto.offset.reset says'] : [];
    steps.push(step({ group, id: `set-group-offsets ${group}`, offsets: Object.fromEntries(missing), from: {}, affects, class: 'online' }));
  }
  if (differing.length > 0) {
    const affects = [
      ...(rereads ? [`${group} reads again what it has read since`] : []),
      ...(skips ? [`${group} leaves out what it has not read yet`] : []),
    ];
    const danger = skips ? 'data-loss' : 'irreversible';
    const id = `set-group-offsets ${group} again`;
    steps.push(step({ group, id, offsets: Object.fromEntries(differing), from, affects, class: danger }));
  }
  return { steps, notes };
}

function step(given: Pick<SetGroupOffsets, 'group' | 'id' | 'offsets' | 'from' | 'affects'> & { readonly class: StepClass }): Step {
  return { kind: 'set-group-offsets', undo: [], ...given };
}

function busy(group: string, members: number): Step {
  const subject = `group ${group}`;
  const reason = `it has ${members} ${members === 1 ? 'member' : 'members'}, and its offsets differ`;
  const remedy = 'stop its members, then do this again';
  return { kind: 'refuse', id: `refuse ${subject}`, class: 'no-op', affects: [], undo: [], subject, reason, remedy };
}
