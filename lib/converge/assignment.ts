/** Where replicas can be. */
export interface Place {
  readonly id: number;
  readonly rack?: string | undefined;
}

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
  const places = [...brokers].sort((a, b) => a.id - b.id);
  const board: Board = {
    places,
    rackOf: new Map(places.map(({ id, rack }) => [id, rack])),
    load: new Map(),
    // Topics of one partition must not all go to the lowest id.
    start: places.length === 0 ? 0 : spread(topic) % places.length,
  };
  for (const replicas of current) for (const id of replicas) count(board, id, 1);
  return current.map((replicas) => {
    const next = [...replicas];
    while (next.length < replicationFactor && grow(board, next));
    while (next.length > replicationFactor) shrink(board, next);
    return next;
  });
}

interface Board {
  readonly places: readonly Place[];
  readonly rackOf: ReadonlyMap<number, string | undefined>;
  /** Replicas of the topic, by broker. */
  readonly load: Map<number, number>;
  readonly start: number;
}

function count({ load }: Board, id: number, by: number): void {
  load.set(id, (load.get(id) ?? 0) + by);
}

/** How many of the replicas are in the rack of a broker. */
function rackUse({ rackOf }: Board, replicas: readonly number[], id: number): number {
  const rack = rackOf.get(id);
  return rack === undefined ? 0 : replicas.filter((other) => other !== id && rackOf.get(other) === rack).length;
}

function grow(board: Board, replicas: number[]): boolean {
  const { places, load, start } = board;
  const [best] = places
    .map(({ id }, index) => ({ id, turn: (index - start + places.length) % places.length }))
    .filter(({ id }) => !replicas.includes(id))
    .map((place) => ({ ...place, rank: [rackUse(board, replicas, place.id), load.get(place.id) ?? 0, place.turn] }))
    .sort((a, b) => compare(a.rank, b.rank));
  if (best === undefined) return false;
  replicas.push(best.id);
  count(board, best.id, 1);
  return true;
}

function shrink(board: Board, replicas: number[]): void {
  const { load, rackOf } = board;
  const gone = (id: number) => (rackOf.has(id) ? 0 : 1);
  const [worst] = replicas
    .map((id, index) => ({ id, index, rank: [gone(id), index === 0 ? 0 : 1, rackUse(board, replicas, id), load.get(id) ?? 0, index] }))
    .sort((a, b) => compare(b.rank, a.rank));
  if (worst === undefined) return;
  replicas.splice(worst.index, 1);
  count(board, worst.id, -1);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** A number that differs from name to name (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
