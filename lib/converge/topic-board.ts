/** Where replicas can be. */
export interface Place {
  readonly id: number;
  readonly rack?: string | undefined;
}

/** How many replicas of one topic each broker has, kept up to date while they are placed. */
export interface TopicBoard {
  /** By id. */
  readonly places: readonly Place[];
  readonly rackOf: ReadonlyMap<number, string | undefined>;
  /** Replicas of the topic, by broker. */
  readonly load: Map<number, number>;
  readonly start: number;
}

/** The board of a topic whose replicas are `current`; the order in which brokers are given makes no difference. */
export function boardOf(topic: string, current: readonly (readonly number[])[], brokers: readonly Place[]): TopicBoard {
  const places = [...brokers].sort((a, b) => a.id - b.id);
  const board: TopicBoard = {
    places,
    rackOf: new Map(places.map(({ id, rack }) => [id, rack])),
    load: new Map(),
    // Topics of one partition must not all go to the lowest id.
    start: places.length === 0 ? 0 : spread(topic) % places.length,
  };
  for (const replicas of current) for (const id of replicas) count(board, id, 1);
  return board;
}

/** Counts replicas that come to a broker, or leave it. */
export function count({ load }: TopicBoard, id: number, by: number): void {
  load.set(id, (load.get(id) ?? 0) + by);
}

/** How many of the replicas are in the rack of a broker, beside its own. */
export function rackUse({ rackOf }: TopicBoard, replicas: readonly number[], id: number): number {
  const rack = rackOf.get(id);
  return rack === undefined ? 0 : replicas.filter((other) => other !== id && rackOf.get(other) === rack).length;
}

/** The broker for one more replica: in the rack with the fewest copies of the partition, then with the fewest replicas of the topic. */
export function roomiest(board: TopicBoard, replicas: readonly number[]): number | undefined {
  const { places, load, start } = board;
  const [best] = places
    .map(({ id }, index) => ({ id, turn: (index - start + places.length) % places.length }))
    .filter(({ id }) => !replicas.includes(id))
    .map((place) => ({ ...place, rank: [rackUse(board, replicas, place.id), load.get(place.id) ?? 0, place.turn] }))
    .sort((a, b) => compare(a.rank, b.rank));
  return best?.id;
}

/** Compares ranks number by number. */
export function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** A number that differs from name to name (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
