import { type KafkaAdmin, parsePartitionKey } from '../kafka';

/** Waits until no partition of these topics is being moved, or for the deadline; gives the topics of which some still are. */
export async function stillMoving(
  admin: KafkaAdmin,
  topics: ReadonlySet<string>,
  deadline: number,
  onMoving: (partitions: number) => void,
): Promise<ReadonlySet<string>> {
  for (let pause = 5; ; pause = Math.min(pause * 2, 5_000)) {
    const moving = [...(await admin.reassignments()).keys()].map((key) => parsePartitionKey(key).topic);
    const under = moving.filter((topic) => topics.has(topic));
    onMoving(under.length);
    if (under.length === 0 || Date.now() > deadline) return new Set(under);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
