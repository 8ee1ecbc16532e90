import { PriorityQueue } from './priority-queue';

/** What is handed from broker to broker until all carry the same. */
export interface Levelling<Item> {
  readonly ids: readonly number[];
  readonly items: readonly Item[];
  load(id: number): number;
  /** Whether a broker holds an item and another may take it over. */
  mayPass(item: Item, from: number, to: number): boolean;
  /** Which of several to pass: the larger the better. */
  worth(item: Item, from: number, to: number): number;
  pass(item: Item, from: number, to: number): void;
}

/**
 * Passes items until no broker could give one, over as many others as it takes, to a broker with two fewer. Where sets of items are
 * bound as replicas are (different brokers, shares of racks) this is the evenest there is; of ways to it those with fewest passes are
 * taken. Deterministic.
 */
export function level<Item>(levelling: Levelling<Item>): void {
  const offers = new Offers(levelling);
  for (let improved = true; improved; ) {
    improved = false;
    // One that can't give now may be able to later: all are looked at again until none can.
    const open = new Set(levelling.ids);
    while (open.size > 0) {
      const from = heaviest(levelling, open);
      if (lighten(levelling, offers, from)) improved = true;
      else open.delete(from);
    }
  }
}

function heaviest<Item>({ load }: Levelling<Item>, open: ReadonlySet<number>): number {
  return [...open].reduce((most, id) => (load(id) > load(most) ? id : most));
}

/** Takes one item off a broker; false when that makes nothing more even. */
function lighten<Item>({ ids, load }: Levelling<Item>, offers: Offers<Item>, from: number): boolean {
  const enough = load(from) - 2;
  const light = (id: number) => load(id) <= enough;
  if (!ids.some(light)) return false;
  // Breadth first: the broker each was reached from.
  const reachedFrom = new Map<number, number>([[from, from]]);
  for (let ring: readonly number[] = [from]; ring.length > 0; ) {
    const next: number[] = [];
    for (const at of ring) {
      for (const id of ids.filter((each) => !reachedFrom.has(each) && offers.best(at, each) !== undefined)) {
        reachedFrom.set(id, at);
        next.push(id);
      }
    }
    const ends = next.filter(light).sort((a, b) => load(a) - load(b) || a - b);
    if (ends.some((end) => passAlong(offers, wayTo(end, reachedFrom)))) return true;
    ring = next;
  }
  return false;
}

function wayTo(end: number, reachedFrom: ReadonlyMap<number, number>): readonly number[] {
  const way = [end];
  for (let at = end; reachedFrom.get(at) !== at; ) {
    at = reachedFrom.get(at) ?? at;
    way.unshift(at);
  }
  return way;
}

/** Passes one item on each leg, the last leg first, so that no broker ever holds two of a kind; all or nothing. */
function passAlong<Item>(offers: Offers<Item>, way: readonly number[]): boolean {
  const done: (readonly [Item, number, number])[] = [];
  for (let leg = way.length - 1; leg > 0; leg--) {
    const [from, to] = [way[leg - 1] ?? -1, way[leg] ?? -1];
    const item = offers.best(from, to);
    if (item === undefined) {
      for (const [each, was, now] of done.reverse()) offers.pass(each, now, was);
      return false;
    }
    offers.pass(item, from, to);
    done.push([item, from, to]);
  }
  return true;
}

/** The items that one broker could pass to another, for each pair that was asked for; kept up to date, not made anew. */
class Offers<Item> {
  readonly #queues = new Map<string, { readonly from: number; readonly to: number; readonly queue: PriorityQueue<Item> }>();

  constructor(readonly levelling: Levelling<Item>) {}

  best(from: number, to: number): Item | undefined {
    const queue = this.#queue(from, to);
    const { mayPass, worth } = this.levelling;
    for (let top = queue.peek(); top !== undefined; top = queue.peek()) {
      const { item } = top;
      const valid = mayPass(item, from, to);
      const now = valid ? worth(item, from, to) : 0;
      if (valid && now >= top.worth) return item;
      queue.pop();
      if (valid) queue.push(item, now);
    }
    return undefined;
  }

  /** Whatever may have become possible for the item itself is offered; what has become impossible is noticed when its turn comes. */
  pass(item: Item, from: number, to: number): void {
    const { mayPass, worth, pass } = this.levelling;
    pass(item, from, to);
    for (const pair of this.#queues.values()) if (mayPass(item, pair.from, pair.to)) pair.queue.push(item, worth(item, pair.from, pair.to));
  }

  #queue(from: number, to: number): PriorityQueue<Item> {
    const key = `${from} ${to}`;
    const known = this.#queues.get(key);
    if (known !== undefined) return known.queue;
    const { items, mayPass, worth } = this.levelling;
    const queue = new PriorityQueue<Item>();
    for (const item of items) if (mayPass(item, from, to)) queue.push(item, worth(item, from, to));
    this.#queues.set(key, { from, to, queue });
    return queue;
  }
}
