import type { KafkaAdmin, Reassignment, TopicDescription } from '../kafka';
import { partitionKey } from '../kafka';

/** Topics, and the moves of replicas that are under way, by `topic-partition`. */
export interface MovingTopics {
  readonly topics: readonly TopicDescription[];
  readonly moves: ReadonlyMap<string, Reassignment>;
}

/** How long to wait before topics are read once more, in milliseconds: brokers learn a moment after the controller that a move is done. */
const pausesMs = [10, 50, 200, 500];

/**
 * Reads topics, and what moves where one of them looks so; `brokers` are those that are there. These are two requests, and a move may end
 * between them: then a partition seems to have more replicas than it was given, and no move says why. Such topics are read again for a
 * moment. One that still looks so has a copy that lags behind for another reason.
 */
export async function readMovingTopics(
  admin: KafkaAdmin,
  brokers: readonly { readonly id: number }[],
  names?: readonly string[],
): Promise<MovingTopics> {
  const here = new Set(brokers.map(({ id }) => id));
  let topics = await admin.topics(names);
  if (!topics.some(mayBeMoving)) return { topics, moves: new Map() };
  let moves = await admin.reassignments();
  for (const pauseMs of pausesMs) {
    if (!topics.some((topic) => isUnexplained(topic, moves, here))) break;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    topics = await admin.topics(names);
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
function mayBeMoving({ partitions }: TopicDescription): boolean {
  return partitions.some(({ replicas, isr }) => isr.length !== replicas.length || replicas.length !== partitions[0]?.replicas.length);
}

/** Has a copy that is not in sync, although its broker is there and nothing moves. */
function isUnexplained({ name, partitions }: TopicDescription, moves: MovingTopics['moves'], here: ReadonlySet<number>): boolean {
  return partitions.some(
    ({ id, replicas, isr }) => replicas.some((broker) => here.has(broker) && !isr.includes(broker)) && !moves.has(partitionKey(name, id)),
  );
}
