import { partitionKey } from '../kafka';
import { level } from './level-load';
import { type Piece, ReplicaBoard, shareTable } from './replica-board';
import type { Place } from './topic-board';

/** Where the replicas of topics are: by topic, the brokers of each partition by its id, the preferred leader first. */
export type Replicas = ReadonlyMap<string, readonly (readonly number[])[]>;

/** What replicas are spread over. */
export interface Spread {
  /** The brokers that are there, those that are to be emptied too. */
  readonly brokers: readonly Place[];
  /** Brokers that shall hold nothing any more, there or not. @default none */
  readonly leaving?: readonly number[];
}

/** New brokers of a partition. Where only their order differs, no data moves. */
export interface ReplicaMove {
  readonly topic: string;
  readonly partition: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Spreads replicas, and the preferred leaders among them, evenly over brokers, moving as few replicas as that takes: first what is on
 * brokers that leave and what is not spread over racks as far as it can be, then from the fullest brokers to the emptiest, of topics
 * that are least even; then leaders, by the order of replicas alone. Replicas on a broker that is neither there nor leaving stay: it
 * may come back. Pure and deterministic; of a balanced cluster no moves come. What can't be placed, since there are fewer brokers than
 * copies, stays as it is: see `stuckReplicas`.
 */
export function rebalance(topics: Replicas, { brokers, leaving = [] }: Spread): readonly ReplicaMove[] {
  const gone = new Set(leaving);
  const board = boardOf(
    topics,
    brokers.filter(({ id }) => !gone.has(id)),
    gone,
  );
  for (const piece of board.pieces) mend(board, piece, gone);
  levelReplicas(board);
  levelLeaders(board);
  return board.pieces
    .filter(isMoved)
    .map(({ topic, partition, before, replicas }) => ({ topic, partition, from: before, to: [...replicas] }));
}

/** Partitions, as `topic-partition`, that cannot leave since they have more copies than brokers would be left. */
export function stuckReplicas(topics: Replicas, { brokers, leaving = [] }: Spread): readonly string[] {
  const gone = new Set(leaving);
  const left = new Set(brokers.map(({ id }) => id).filter((id) => !gone.has(id)));
  return [...topics].flatMap(([topic, partitions]) =>
    partitions.flatMap((replicas, partition) => {
      const here = replicas.filter((id) => left.has(id) || gone.has(id));
      return replicas.some((id) => gone.has(id)) && here.length > left.size ? [partitionKey(topic, partition)] : [];
    }),
  );
}

function boardOf(topics: Replicas, left: readonly Place[], gone: ReadonlySet<number>): ReplicaBoard {
  const here = new Set(left.map(({ id }) => id));
  const sharesOf = shareTable(left);
  const pieces = [...topics]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([topic, partitions]) =>
      partitions.flatMap((before, partition): Piece[] => {
        const shares = sharesOf(before.filter((id) => here.has(id) || gone.has(id)).length);
        return shares === undefined ? [] : [{ topic, partition, before, replicas: [...before], shares }];
      }),
    );
  return new ReplicaBoard(left, pieces);
}

/** Takes a partition off brokers that leave, and out of racks that hold too many of its copies while others hold too few. */
function mend(board: ReplicaBoard, piece: Piece, gone: ReadonlySet<number>): void {
  for (let wrong = misplaced(board, piece, gone); wrong !== undefined; wrong = misplaced(board, piece, gone)) {
    const [target] = board.ids
      .filter((id) => !piece.replicas.includes(id) && roomFor(board, piece, id, wrong))
      .map((id) => ({ id, rank: [lacks(board, piece, id) ? 0 : 1, board.load(id), board.loadOf(piece.topic, id), id] }))
      .sort((a, b) => compare(a.rank, b.rank));
    if (target === undefined) return;
    board.replace(piece, wrong, target.id);
  }
}

/** A replica that has to go, the one on the fullest broker first. */
function misplaced(board: ReplicaBoard, piece: Piece, gone: ReadonlySet<number>): number | undefined {
  const leaving = piece.replicas.find((id) => gone.has(id));
  if (leaving !== undefined) return leaving;
  const lacking = [...piece.shares].some(([rack, { least }]) => board.inRack(piece, rack) < least);
  const [fullest] = piece.replicas
    .filter((id) => {
      const share = piece.shares.get(board.rack(id));
      const copies = board.inRack(piece, board.rack(id));
      return share !== undefined && copies > (lacking ? share.least : share.most);
    })
    .map((id) => ({ id, rank: [-board.inRack(piece, board.rack(id)), -board.load(id), -id] }))
    .sort((a, b) => compare(a.rank, b.rank));
  return fullest?.id;
}

function roomFor(board: ReplicaBoard, piece: Piece, id: number, instead: number): boolean {
  const rack = board.rack(id);
  const copies = board.inRack(piece, rack) - (board.rack(instead) === rack ? 1 : 0);
  return board.rack(instead) !== rack && copies < (piece.shares.get(rack)?.most ?? 0);
}

function lacks(board: ReplicaBoard, piece: Piece, id: number): boolean {
  return board.inRack(piece, board.rack(id)) < (piece.shares.get(board.rack(id))?.least ?? 0);
}

function levelReplicas(board: ReplicaBoard): void {
  level<Piece>({
    ids: board.ids,
    items: board.pieces,
    load: (id) => board.load(id),
    mayPass: (piece, from, to) => board.mayMove(piece, from, to),
    // What has to be copied anyway first, and back to where it was; then the topic that is least even.
    worth: (piece, from, to) =>
      (piece.before.includes(from) ? 0 : 2e6) +
      (piece.before.includes(to) ? 1e6 : 0) +
      board.loadOf(piece.topic, from) -
      board.loadOf(piece.topic, to),
    pass: (piece, from, to) => board.replace(piece, from, to),
  });
}

/** The first replica is the preferred leader: brokers change places within a partition. */
function levelLeaders({ ids, pieces }: ReplicaBoard): void {
  const led = new Map<number, number>();
  const ofTopic = new Map<string, number>();
  const count = ({ topic }: Piece, id: number, by: 1 | -1) => {
    led.set(id, (led.get(id) ?? 0) + by);
    ofTopic.set(`${id} ${topic}`, (ofTopic.get(`${id} ${topic}`) ?? 0) + by);
  };
  const leads = ({ topic }: Piece, id: number) => ofTopic.get(`${id} ${topic}`) ?? 0;
  for (const piece of pieces) count(piece, piece.replicas[0] ?? -1, 1);
  level<Piece>({
    ids,
    items: pieces,
    load: (id) => led.get(id) ?? 0,
    mayPass: ({ replicas }, from, to) => from !== to && replicas[0] === from && replicas.includes(to),
    worth: (piece, from, to) => (isMoved(piece) ? 1e6 : 0) + leads(piece, from) - leads(piece, to),
    pass: (piece, from, to) => {
      const { replicas } = piece;
      replicas[replicas.indexOf(to)] = from;
      replicas[0] = to;
      count(piece, from, -1);
      count(piece, to, 1);
    },
  });
}

function isMoved({ before, replicas }: Piece): boolean {
  return before.some((id, index) => id !== replicas[index]);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
