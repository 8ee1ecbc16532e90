import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, nearest } from '../../lib/model/nearest';

describe('nearest', () => {
  it('finds the candidate behind a slip, a swap and a wrong separator', () => {
    const keys = ['retention.ms', 'retention.bytes', 'segment.ms', 'cleanup.policy'];
    expect(nearest('retenton.ms', keys)).toBe('retention.ms');
    expect(nearest('cleanpu.policy', keys)).toBe('cleanup.policy');
    expect(nearest('RETENTION_MS', keys)).toBe('retention.ms');
  });

  it('names nothing when nothing is close', () => {
    expect(nearest('colour', ['retention.ms', 'partitions'])).toBeUndefined();
    expect(nearest('xy', ['ab'])).toBeUndefined();
    expect(nearest('anything', [])).toBeUndefined();
  });

  it('takes the first in alphabetical order among equally near ones, whatever their order', () => {
    expect(nearest('heaq', ['heat', 'heap'])).toBe('heap');
    expect(nearest('heaq', ['heap', 'heat'])).toBe('heap');
  });

  it('allows one slip in a very short word', () => {
    expect(nearest('is', ['id', 'zone'])).toBe('id');
  });

  it('measures a distance: zero only to itself, the same both ways, at most the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
