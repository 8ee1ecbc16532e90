import { type RackShare, rackOf, rackShares } from './rack-share';
import type { Place } from './topic-board';

/** A partition whose replicas are being planned; `replicas` changes as the planning goes on, the preferred leader first. */
export interface Piece {
  readonly topic: string;
  readonly partition: number;
  readonly before: readonly number[];
  readonly replicas: number[];
  readonly shares: ReadonlyMap<string, RackShare>;
}

/** Counts of replicas by broker, of all topics and of each, kept up to date while pieces change. */
export class ReplicaBoard {
  readonly #racks: ReadonlyMap<number, string>;
  readonly #load = new Map<number, number>();
  readonly #byTopic = new Map<string, Map<number, number>>();
  readonly ids: readonly number[];

  constructor(
    readonly brokers: readonly Place[],
    readonly pieces: readonly Piece[],
  ) {
    this.ids = brokers.map(({ id }) => id).sort((a, b) => a - b);
    this.#racks = new Map(brokers.map((broker) => [broker.id, rackOf(broker)]));
    for (const piece of pieces) for (const id of piece.replicas) this.#count(piece, id, 1);
  }

  /** Whether replicas may be put there. */
  has(id: number): boolean {
    return this.#racks.has(id);
  }

  load(id: number): number {
    return this.#load.get(id) ?? 0;
  }

  loadOf(topic: string, id: number): number {
    return this.#byTopic.get(topic)?.get(id) ?? 0;
  }

  rack(id: number): string {
    return this.#racks.get(id) ?? '';
  }

  /** How many replicas of a piece are in a rack. */
  inRack({ replicas }: Piece, rack: string): number {
    return replicas.filter((id) => this.#racks.get(id) === rack).length;
  }

  /** Whether a replica is on a broker and may go to another without leaving its racks worse. */
  mayMove(piece: Piece, from: number, to: number): boolean {
    if (!piece.replicas.includes(from) || piece.replicas.includes(to)) return false;
    const [old, next] = [this.rack(from), this.rack(to)];
    if (old === next) return true;
    const [giving, taking] = [piece.shares.get(old), piece.shares.get(next)];
    return this.inRack(piece, old) > (giving?.least ?? 0) && this.inRack(piece, next) < (taking?.most ?? 0);
  }

  /** Puts a broker in the place of another. */
  replace(piece: Piece, from: number, to: number): void {
    piece.replicas[piece.replicas.indexOf(from)] = to;
    this.#count(piece, from, -1);
    this.#count(piece, to, 1);
  }

  #count(piece: Piece, id: number, by: 1 | -1): void {
    this.#load.set(id, this.load(id) + by);
    const ofTopic = this.#byTopic.get(piece.topic) ?? new Map<number, number>();
    this.#byTopic.set(piece.topic, ofTopic.set(id, (ofTopic.get(id) ?? 0) + by));
  }
}

/** The shares of racks by the number of copies, each worked out once. */
export function shareTable(brokers: readonly Place[]): (copies: number) => ReadonlyMap<string, RackShare> | undefined {
  const table = new Map<number, ReadonlyMap<string, RackShare> | undefined>();
  return (copies) => {
    if (!table.has(copies)) table.set(copies, rackShares(brokers, copies));
    return table.get(copies);
  };
}
