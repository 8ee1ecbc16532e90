import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reassigned } from '../../lib/converge/assignment';
import { spreadOverRacks } from '../../lib/converge/rack-spread';
import { rebalance } from '../../lib/converge/rebalance';

interface Case {
  readonly brokers: readonly { readonly id: number; readonly rack: string }[];
  readonly current: readonly (readonly number[])[];
}

/** Brokers in up to three racks, and partitions with copies anywhere on them. */
const cases: fc.Arbitrary<Case> = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 7 }).chain((racks) => {
  const brokers = racks.map((rack, index) => ({ id: index + 1, rack }));
  const replicas = fc.shuffledSubarray(
    brokers.map(({ id }) => id),
    { minLength: 1, maxLength: Math.min(4, brokers.length) },
  );
  return fc.record({ brokers: fc.constant(brokers), current: fc.array(replicas, { minLength: 1, maxLength: 8 }) });
});

const racksOf = ({ brokers }: Pick<Case, 'brokers'>, replicas: readonly number[]) =>
  new Set(replicas.map((id) => brokers.find((broker) => broker.id === id)?.rack)).size;
const most = ({ brokers }: Pick<Case, 'brokers'>, replicas: readonly number[]) =>
  Math.min(replicas.length, new Set(brokers.map(({ rack }) => rack)).size);

describe('copies that are spread over racks', () => {
  it('are as many as before, each on a broker of its own, in as many racks as there can be, and the leader stays', () => {
    fc.assert(
      fc.property(cases, (each) => {
        for (const [id, replicas] of spreadOverRacks('orders', each.current, each.brokers).entries()) {
          const before = each.current[id] ?? [];
          expect(new Set(replicas).size).toBe(before.length);
          expect(replicas.length).toBe(before.length);
          expect(racksOf(each, replicas)).toBe(most(each, replicas));
          expect(replicas[0]).toBe(before[0]);
        }
      }),
    );
  });

  it('move one for each rack that was lacking, keep their places in the order otherwise, and not at all where none was', () => {
    fc.assert(
      fc.property(cases, (each) => {
        for (const [id, replicas] of spreadOverRacks('orders', each.current, each.brokers).entries()) {
          const before = each.current[id] ?? [];
          const lacking = most(each, before) - racksOf(each, before);
          expect(replicas.filter((broker, index) => broker !== before[index]).length).toBe(lacking);
          expect(replicas.filter((broker) => !before.includes(broker)).length).toBe(lacking);
          if (lacking === 0) expect(replicas).toBe(before);
        }
      }),
    );
  });

  it('are the same in whatever order the brokers are told, and once spread stay where they are', () => {
    fc.assert(
      fc.property(cases, ({ current, brokers }) => {
        const after = spreadOverRacks('orders', current, brokers);
        expect(spreadOverRacks('orders', current, [...brokers].reverse())).toEqual(after);
        expect(spreadOverRacks('orders', after, brokers)).toBe(after);
      }),
    );
  });

  it('are spread after another number of copies too, and then only those copies move that have to', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 4 }), (each, factor) => {
        fc.pre(factor <= each.brokers.length);
        const counted = reassigned('orders', each.current, factor, each.brokers);
        for (const [id, replicas] of spreadOverRacks('orders', counted, each.brokers).entries()) {
          const before = each.current[id] ?? [];
          expect(racksOf(each, replicas)).toBe(most(each, replicas));
          expect(replicas[0]).toBe(before[0]);
          // No more can stay: each rack that none of the old copies is in takes a new one.
          const lacking = Math.max(0, most(each, replicas) - racksOf(each, before));
          expect(replicas.filter((broker) => before.includes(broker)).length).toBe(Math.min(before.length, factor - lacking));
        }
      }),
    );
  });

  it('stay where a rebalance has put them', () => {
    fc.assert(
      fc.property(cases, ({ current, brokers }) => {
        const after = current.map((replicas) => [...replicas]);
        for (const { partition, to } of rebalance(new Map([['orders', current]]), { brokers })) after[partition] = [...to];
        expect(spreadOverRacks('orders', after, brokers)).toBe(after);
      }),
    );
  });

  it('go to the brokers that have fewest of the topic', () => {
    const brokers = [1, 2, 3, 4, 5, 6].map((id) => ({ id, rack: id <= 2 ? 'a' : 'b' }));
    const after = spreadOverRacks(
      'orders',
      Array.from({ length: 8 }, () => [1, 2]),
      brokers,
    );
    expect([3, 4, 5, 6].map((id) => after.filter((replicas) => replicas.includes(id)).length)).toEqual([2, 2, 2, 2]);
  });

  it('stay in partitions of which a broker is down, while others of the topic move', () => {
    const brokers = [1, 2, 3, 4].map((id) => ({ id, rack: ['a', 'a', 'b', 'c'][id - 1] }));
    const down = [
      [1, 2, 9],
      [8, 1, 9],
      [9, 1, 2],
    ];
    const after = spreadOverRacks('orders', [...down, [2, 1, 3]], brokers);
    expect(after).toEqual([...down, [2, 4, 3]]);
  });

  it('stay where a broker names no rack, where there is one rack, and where there is no broker', () => {
    const current = [[1, 2]];
    for (const racks of [['a', 'a', undefined], ['a', 'b', undefined], ['a', 'a', 'a'], [undefined, undefined, undefined], []])
      expect(
        spreadOverRacks(
          'orders',
          current,
          racks.map((rack, index) => ({ id: index + 1, rack })),
        ),
      ).toBe(current);
  });
});
