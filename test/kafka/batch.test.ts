import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batches } from '../../lib/kafka/batch';

const weights = fc.array(fc.nat({ max: 30 }));

describe('batches', () => {
  it('keep every item, in order', () => {
    fc.assert(fc.property(weights, (items) => expect(batches(items, (item) => item, 20).flat()).toEqual(items)));
  });

  it('weigh no more than they may, but for an item that does so alone', () => {
    fc.assert(
      fc.property(weights, (items) => {
        for (const batch of batches(items, (item) => item, 20))
          expect(batch.length === 1 || batch.reduce((sum, item) => sum + item, 0) <= 20).toBe(true);
      }),
    );
  });

  it('are as few as going through the items once can make them', () => {
    expect(batches([5, 5, 10, 1], (item) => item, 20)).toEqual([[5, 5, 10], [1]]);
    expect(batches([], () => 1, 20)).toEqual([]);
  });
});
