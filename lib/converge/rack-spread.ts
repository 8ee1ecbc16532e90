import { boardOf, compare, count, type Place, rackUse, roomiest, type TopicBoard } from './topic-board';

/** Whether some brokers name their rack and others do not. */
export function hasUnevenRacks(brokers: readonly Place[]): boolean {
  return brokers.some(({ rack }) => rack === undefined) && brokers.some(({ rack }) => rack !== undefined);
}

/**
 * The replicas of every partition of a topic in as many racks as there are, or as it has copies. For each rack that is lacking one copy
 * moves, out of the rack that holds most; the preferred leader stays first, and a partition that lacks none is given back as it is.
 * A partition with a replica on a broker that is down stays as it is: nobody knows that broker's rack, it may come back, and with
 * ZooKeeper no move ends before it does. Nothing moves where a broker names no rack. Pure; the order of the brokers makes no difference.
 */
export function spreadOverRacks(
  topic: string,
  current: readonly (readonly number[])[],
  brokers: readonly Place[],
): readonly (readonly number[])[] {
  const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));
  const racks = new Set(rackOf.values()).size;
  if (racks < 2 || hasUnevenRacks(brokers)) return current;
  const lacking = (replicas: readonly number[]) =>
    replicas.every((id) => rackOf.has(id)) ? Math.min(replicas.length, racks) - new Set(replicas.map((id) => rackOf.get(id))).size : 0;
  if (current.every((replicas) => lacking(replicas) <= 0)) return current;
  const board = boardOf(topic, current, brokers);
  return current.map((replicas) => {
    const missing = lacking(replicas);
    if (missing <= 0) return replicas;
    const next = [...replicas];
    for (let moved = 0; moved < missing; moved++) moveOne(board, next);
    return next;
  });
}

/** Out of a rack with several copies into one with none. */
function moveOne(board: TopicBoard, replicas: number[]): void {
  const [worst] = replicas
    .map((id, index) => ({ id, index, rank: [rackUse(board, replicas, id), board.load.get(id) ?? 0, index] }))
    .filter(({ id, index }) => index > 0 && rackUse(board, replicas, id) > 0)
    .sort((a, b) => compare(b.rank, a.rank));
  const best = roomiest(board, replicas);
  if (worst === undefined || best === undefined) return;
  replicas[worst.index] = best;
  count(board, worst.id, -1);
  count(board, best, 1);
}
