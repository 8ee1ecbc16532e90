import type { KafkaAdmin, Reassignment, TopicDescription } from '../kafka';
import { partitionKey } from '../kafka';

/** Topics, and the moves of replicas that are under way, by `topic-partition`. */
export interface MovingTopics {
  readonly topics: readonly TopicDescription[];
  readonly moves: ReadonlyMap<string, Reassignment>;
}

const catchUpMs = 5_000;

/** Waits until every node has the metadata that the leader has: a plan made right after a write must see it. With ZooKeeper nobody can tell. */
export async function caughtUp(admin: KafkaAdmin): Promise<'zookeeper' | 'kraft'> {
  const deadline = Date.now() + catchUpMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    const lag = await admin.metadataLag();
    if (lag === undefined) return 'zookeeper';
    if ([...lag.values()].every((records) => records <= 0n) || Date.now() > deadline) return 'kraft';
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/**
 * Reads topics, and what moves where one of them looks so. These are two requests, and a move may end between them: then a partition
 * seems to have more replicas than it was given, and no move that says why. Such topics are read once more, which is the truth unless
 * they still look the same: a broker that is down looks so too.
 */
export async function readMovingTopics(admin: KafkaAdmin, names?: readonly string[]): Promise<MovingTopics> {
  let topics = await admin.topics(names);
  if (!topics.some((topic) => partitionsThatMayMove(topic).length > 0)) return { topics, moves: new Map() };
  let moves = await admin.reassignments();
  for (let tries = 0; tries < 3 && topics.some((topic) => isUnexplained(topic, moves)); tries++) {
    await caughtUp(admin);
    const again = await admin.topics(names);
    const isSettled = placesOf(again) === placesOf(topics);
    topics = again;
    if (isSettled) break;
    // What moved a moment ago is told by the older answer, should the newer one not have it any more.
    moves = new Map([...moves, ...(await admin.reassignments())]);
  }
  return { topics, moves };
}

/** The brokers that a partition will have once its move is done. */
export function settledReplicas(
  topic: string,
  { id, replicas }: TopicDescription['partitions'][number],
  moves: MovingTopics['moves'],
): readonly number[] {
  const removing = moves.get(partitionKey(topic, id))?.removing ?? [];
  return replicas.filter((broker) => !removing.includes(broker));
}

/** While replicas move, a partition has more of them than are in sync. */
function partitionsThatMayMove({ partitions }: TopicDescription): TopicDescription['partitions'] {
  return partitions.filter(({ replicas, isr }) => isr.length !== replicas.length || replicas.length !== partitions[0]?.replicas.length);
}

function isUnexplained(topic: TopicDescription, moves: MovingTopics['moves']): boolean {
  return partitionsThatMayMove(topic).some(({ id }) => !moves.has(partitionKey(topic.name, id)));
}

function placesOf(topics: readonly TopicDescription[]): string {
  return JSON.stringify(topics.map(({ name, partitions }) => [name, partitions.map(({ replicas }) => replicas)]));
}
