import { boardOf, compare, count, type Place, rackUse, roomiest, type TopicBoard } from './topic-board';

/**
 * The replicas of every partition of a topic with another replication factor. Moves as little as it can: replicas stay where they are
 * and the preferred leader stays first; what is added goes to the rack with the fewest copies of the partition, then to the broker with
 * the fewest replicas of the topic; what is removed comes from where there are most. Deterministic; `current` may be uneven.
 * The caller has made sure that there are enough brokers.
 */
export function reassigned(
  topic: string,
  current: readonly (readonly number[])[],
  replicationFactor: number,
  brokers: readonly Place[],
): readonly (readonly number[])[] {
  const board = boardOf(topic, current, brokers);
  return current.map((replicas) => {
    const next = [...replicas];
    while (next.length < replicationFactor && grow(board, next));
    while (next.length > replicationFactor) shrink(board, next);
    return next;
  });
}

function grow(board: TopicBoard, replicas: number[]): boolean {
  const best = roomiest(board, replicas);
  if (best === undefined) return false;
  replicas.push(best);
  count(board, best, 1);
  return true;
}

function shrink(board: TopicBoard, replicas: number[]): void {
  const { load, rackOf } = board;
  const gone = (id: number) => (rackOf.has(id) ? 0 : 1);
  const [worst] = replicas
    .map((id, index) => ({ id, index, rank: [gone(id), index === 0 ? 0 : 1, rackUse(board, replicas, id), load.get(id) ?? 0, index] }))
    .sort((a, b) => compare(b.rank, a.rank));
  if (worst === undefined) return;
  replicas.splice(worst.index, 1);
  count(board, worst.id, -1);
}
