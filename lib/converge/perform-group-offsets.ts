import { type KafkaAdmin, type Outcome, parsePartitionKey, partitionKey } from '../kafka';
import { someAtOnce } from './live-groups';
import { ofItems, type StepOutcome } from './outcome';
import type { SetGroupOffsets } from './step';

/**
 * Commits offsets: one request after the other for a group, since each goes to its own coordinator, and some groups at once. A coordinator
 * may hear of a topic later than the broker that made it, so what it does not find is committed again while there is such a partition.
 */
export function performGroupOffsets(
  steps: readonly SetGroupOffsets[],
  { admin, withinMs }: { readonly admin: KafkaAdmin; readonly withinMs: number },
): Promise<readonly StepOutcome[]> {
  return someAtOnce(steps, async (step) => {
    const deadline = Date.now() + withinMs;
    const outcomes = new Map<string, Outcome>();
    let left = new Map(Object.entries(step.offsets).map(([key, offset]) => [key, BigInt(offset)]));
    for (let pause = 50; left.size > 0; pause = Math.min(pause * 2, 1_000)) {
      for (const [key, outcome] of await admin.setGroupOffsets(step.group, left)) outcomes.set(key, outcome);
      left = await wronglyMissed(left, outcomes, admin);
      if (left.size === 0 || Date.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return ofItems(
      step,
      Object.keys(step.offsets).map((key) => outcomes.get(key)),
    );
  });
}

/** Those that were not found and are there all the same. */
async function wronglyMissed(
  offsets: ReadonlyMap<string, bigint>,
  outcomes: ReadonlyMap<string, Outcome>,
  admin: KafkaAdmin,
): Promise<Map<string, bigint>> {
  const missed = [...offsets].filter(([key]) => {
    const outcome = outcomes.get(key);
    return outcome?.done === false && outcome.reason === 'not-found';
  });
  if (missed.length === 0) return new Map();
  const topics = await admin.topics([...new Set(missed.map(([key]) => parsePartitionKey(key).topic))]);
  const there = new Set(topics.flatMap(({ name, partitions }) => partitions.map(({ id }) => partitionKey(name, id))));
  return new Map(missed.filter(([key]) => there.has(key)));
}
