import { describe, expect, it } from '@jest/globals';
import { changedRecords, nothingOwned, ownershipOf, recordsOf } from '../../lib/converge';

const owned = {
  ...nothingOwned,
  environment: 'orders-production',
  topics: new Map([['orders', ['retention.ms']]]),
  acls: new Set(['Abc', 'xyz']),
};

describe('the record of what is owned', () => {
  it('is the same after it was written and read', () => {
    expect(ownershipOf(recordsOf(owned))).toEqual(owned);
  });

  it('is read past keys that it does not know, whatever they hold, and leaves them there', () => {
    const strange = new Map([...recordsOf(owned), ['a-key', 'no JSON'], ['later/thing', '{}']]);
    expect(ownershipOf(strange)).toEqual(owned);
    const left = changedRecords(strange, recordsOf({ ...owned, topics: new Map() }));
    expect([...left]).toEqual([['topic/orders', null]]);
  });
});
