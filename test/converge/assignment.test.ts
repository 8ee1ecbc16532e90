import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reassigned } from '../../lib/converge/assignment';

const brokers = [1, 2, 3, 4, 5, 6].map((id) => ({ id, rack: ['a', 'b', 'c'][id % 3] }));
const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));

const current = fc.array(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

describe('the new place of replicas', () => {
  it('has the wanted number of different brokers, keeps the preferred leader, and moves no more than it must', () => {
    fc.assert(
      fc.property(current, fc.integer({ min: 1, max: 6 }), (before, factor) => {
        const after = reassigned('orders', before, factor, brokers);
        for (const [index, replicas] of after.entries()) {
          const old = before[index] ?? [];
          expect(new Set(replicas).size).toBe(factor);
          expect(replicas.length).toBe(factor);
          expect(replicas[0]).toBe(old[0]);
          expect(replicas.filter((id) => old.includes(id)).length).toBe(Math.min(old.length, factor));
        }
        expect(reassigned('orders', before, factor, [...brokers].reverse())).toEqual(after);
      }),
    );
  });

  it('adds to racks that have no copy yet', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(1, 2, 3, 4, 5, 6), { minLength: 1, maxLength: 12 }), (leaders) => {
        const after = reassigned(
          'orders',
          leaders.map((id) => [id]),
          3,
          brokers,
        );
        for (const replicas of after) expect(new Set(replicas.map((id) => rackOf.get(id))).size).toBe(3);
      }),
    );
  });

  it('spreads what is added over the brokers', () => {
    const after = reassigned(
      'orders',
      Array.from({ length: 6 }, () => [1]),
      2,
      brokers,
    );
    expect(new Set(after.map(([, second]) => second)).size).toBeGreaterThanOrEqual(4);
  });

  it('takes away replicas on brokers that are gone first', () => {
    expect(reassigned('orders', [[1, 9, 2]], 2, brokers)).toEqual([[1, 2]]);
    expect(reassigned('orders', [[9, 1, 2]], 2, brokers)).toEqual([[1, 2]]);
  });
});
