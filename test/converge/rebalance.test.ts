import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReplicaMove, type Replicas, rebalance, stuckReplicas } from '../../lib/converge/rebalance';

interface Case {
  readonly brokers: readonly { readonly id: number; readonly rack?: string }[];
  readonly topics: Replicas;
}

/** The topics after the moves. */
function afterwards(topics: Replicas, moves: readonly ReplicaMove[]): Replicas {
  const next = new Map([...topics].map(([name, partitions]) => [name, partitions.map((replicas) => [...replicas])]));
  for (const { topic, partition, from, to } of moves) {
    const partitions = next.get(topic) ?? [];
    expect(partitions[partition]).toEqual(from);
    partitions[partition] = [...to];
  }
  return next;
}

const all = (topics: Replicas) => [...topics.values()].flat();
const counts = (ids: readonly number[], held: readonly number[]) => ids.map((id) => held.filter((each) => each === id).length);
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

/** Clusters of `size` brokers, with racks or without, and topics of which each has as many copies as `copies` says. */
function clusters(size: { readonly min: number; readonly max: number }, racks: boolean, copies?: number): fc.Arbitrary<Case> {
  return fc.integer(size).chain((count) => {
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    const replicas = fc.shuffledSubarray(ids, { minLength: Math.min(count, copies ?? 1), maxLength: Math.min(count, copies ?? 4) });
    return fc.record({
      brokers: fc.tuple(
        ...ids.map((id) => (racks ? fc.constantFrom('a', 'b', 'c') : fc.constant(undefined)).map((rack) => placed(id, rack))),
      ),
      topics: fc
        .array(fc.array(replicas, { minLength: 1, maxLength: 6 }), { maxLength: 8 })
        .map((topics): Replicas => new Map(topics.map((partitions, index) => [`topic-${index}`, partitions]))),
    });
  });
}

const placed = (id: number, rack: string | undefined) => ({ id, ...(rack === undefined ? {} : { rack }) });

/** How many different racks the copies are in. */
const racksOf = (brokers: Case['brokers'], replicas: readonly number[]) =>
  new Set(replicas.map((id) => brokers.find((broker) => broker.id === id)?.rack ?? id)).size;

describe('a rebalanced cluster', () => {
  it('has as many copies as before, each on a broker of its own, in as many racks as there can be', () => {
    fc.assert(
      fc.property(clusters({ min: 1, max: 6 }, true), ({ brokers, topics }) => {
        const next = afterwards(topics, rebalance(topics, { brokers }));
        const racks = new Set(brokers.map(({ rack, id }) => rack ?? id)).size;
        for (const [name, partitions] of next)
          for (const [id, replicas] of partitions.entries()) {
            expect(new Set(replicas).size).toBe(topics.get(name)?.[id]?.length);
            expect(racksOf(brokers, replicas)).toBe(Math.min(racks, replicas.length));
          }
      }),
    );
  });

  it('has loads that differ by one at most where racks do not bind, and so have its leaders', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }).chain((copies) => clusters({ min: 3, max: 6 }, false, copies)),
        ({ brokers, topics }) => {
          const next = all(afterwards(topics, rebalance(topics, { brokers })));
          const ids = brokers.map(({ id }) => id);
          expect(spread(counts(ids, next.flat()))).toBeLessThanOrEqual(1);
          expect(
            spread(
              counts(
                ids,
                next.map(([leader = -1]) => leader),
              ),
            ),
          ).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('is as even as racks allow: no other placement is evener', () => {
    fc.assert(
      fc.property(clusters({ min: 2, max: 4 }, true), ({ brokers, topics }) => {
        fc.pre(all(topics).length <= 5);
        const ids = brokers.map(({ id }) => id);
        const unevenness = (held: readonly number[]) => counts(ids, held).reduce((sum, load) => sum + load * load, 0);
        const found = unevenness(all(afterwards(topics, rebalance(topics, { brokers }))).flat());
        expect(found).toBe(evenest(all(topics), brokers, unevenness));
      }),
    );
  });

  it('has nothing left to move, whatever order it is told in', () => {
    fc.assert(
      fc.property(clusters({ min: 1, max: 6 }, true), ({ brokers, topics }) => {
        const moves = rebalance(topics, { brokers });
        expect(rebalance(afterwards(topics, moves), { brokers })).toEqual([]);
        expect(rebalance(new Map([...topics].reverse()), { brokers: [...brokers].reverse() })).toEqual(moves);
      }),
    );
  });

  it('has copied no more replicas than the fullest brokers had too many, or the emptiest too few', () => {
    fc.assert(
      fc.property(clusters({ min: 2, max: 6 }, false), ({ brokers, topics }) => {
        const copied = rebalance(topics, { brokers }).flatMap(({ from, to }) => to.filter((id) => !from.includes(id))).length;
        const loads = counts(
          brokers.map(({ id }) => id),
          all(topics).flat(),
        );
        const fair = loads.reduce((sum, load) => sum + load, 0) / loads.length;
        const over = loads.reduce((sum, load) => sum + Math.max(0, load - Math.ceil(fair)), 0);
        const under = loads.reduce((sum, load) => sum + Math.max(0, Math.floor(fair) - load), 0);
        expect(copied).toBe(Math.max(over, under));
      }),
    );
  });
});

describe('brokers that shall be emptied', () => {
  it('hold nothing afterwards, unless there are too few others', () => {
    fc.assert(
      fc.property(clusters({ min: 2, max: 6 }, true), fc.integer({ min: 1, max: 5 }), ({ brokers, topics }, count) => {
        const leaving = brokers.slice(0, Math.min(count, brokers.length - 1)).map(({ id }) => id);
        const next = afterwards(topics, rebalance(topics, { brokers, leaving }));
        const stuck = stuckReplicas(topics, { brokers, leaving });
        const held = [...next].flatMap(([topic, partitions]) =>
          partitions.flatMap((replicas, id) => (replicas.some((each) => leaving.includes(each)) ? [`${topic}-${id}`] : [])),
        );
        expect(held).toEqual(stuck);
        for (const key of stuck) expect(all(topics).some((replicas) => replicas.length > brokers.length - leaving.length)).toBe(key !== '');
      }),
    );
  });

  it('may be down, while what is on other brokers that are down stays there', () => {
    const brokers = [{ id: 1 }, { id: 2 }, { id: 3 }];
    const topics = new Map([
      [
        'orders',
        [
          [9, 1],
          [8, 2],
        ],
      ],
    ]);
    expect(rebalance(topics, { brokers, leaving: [9] })).toEqual([{ topic: 'orders', partition: 0, from: [9, 1], to: [3, 1] }]);
  });
});

describe('brokers that are new', () => {
  const brokers = [1, 2, 3, 4, 5].map((id) => ({ id, rack: ['a', 'b', 'c', 'a', 'b'][id - 1] ?? '' }));
  const topics = new Map(
    Array.from({ length: 10 }, (_, topic) => [
      `topic-${topic}`,
      Array.from({ length: 6 }, (_, id) => [0, 1, 2].map((replica) => 1 + ((topic + id + replica) % 3))),
    ]),
  );

  it('get their share, of every topic too', () => {
    const next = afterwards(topics, rebalance(topics, { brokers }));
    const ids = [1, 2, 3, 4, 5];
    // Three racks and three copies: the only broker of rack c holds one of each.
    expect(counts(ids, all(next).flat())).toEqual([30, 30, 60, 30, 30]);
    expect(
      counts(
        ids,
        all(next).map(([leader = -1]) => leader),
      ),
    ).toEqual([12, 12, 12, 12, 12]);
    for (const partitions of next.values()) expect(counts(ids, partitions.flat())).toEqual([3, 3, 6, 3, 3]);
  });

  it('give it back when they leave', () => {
    const grown = afterwards(topics, rebalance(topics, { brokers }));
    const back = afterwards(grown, rebalance(grown, { brokers, leaving: [4, 5] }));
    expect(counts([1, 2, 3, 4, 5], all(back).flat())).toEqual([60, 60, 60, 0, 0]);
  });
});

/** The least unevenness of all placements with the same numbers of copies in as many racks as possible, by trying all of them. */
function evenest(
  partitions: readonly (readonly number[])[],
  brokers: Case['brokers'],
  unevenness: (held: readonly number[]) => number,
): number {
  const ids = brokers.map(({ id }) => id);
  const sets = (size: number): readonly (readonly number[])[] => {
    const every = ids
      .reduce<number[][]>((found, id) => found.concat(found.map((set) => [...set, id])), [[]])
      .filter((set) => set.length === size);
    // Spread over racks as far as can be: the fullest rack is as empty, and the emptiest as full, as the best of all sets has it.
    const shape = (set: readonly number[]) => {
      const racks = new Map(brokers.map(({ id, rack }) => [rack ?? String(id), 0]));
      for (const { id, rack } of brokers) if (set.includes(id)) racks.set(rack ?? String(id), (racks.get(rack ?? String(id)) ?? 0) + 1);
      return [...racks.values()].reduce((sum, copies) => sum + copies * copies, 0);
    };
    const best = Math.min(...every.map(shape));
    return every.filter((set) => shape(set) === best);
  };
  let least = [[] as readonly number[]];
  for (const { length } of partitions) {
    const choices = sets(length);
    const seen = new Map<string, readonly number[]>();
    for (const held of least)
      for (const set of choices) {
        const loads = [...held, ...set];
        seen.set(counts(ids, loads).join(), loads);
      }
    least = [...seen.values()];
  }
  return Math.min(...least.map(unevenness));
}
