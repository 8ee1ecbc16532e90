import { describe, expect, it } from '@jest/globals';
import { sameValue } from '../../lib/converge/same-value';

describe('values of settings', () => {
  it.each([
    ['retention.ms', '1000', '1000', true],
    ['retention.ms', '9223372036854775807', '9223372036854775806', false],
    ['min.cleanable.dirty.ratio', '0.5', '0.50', true],
    ['cleanup.policy', 'delete,compact', 'compact, delete', true],
    ['follower.replication.throttled.replicas', '0:1,1:2', '1:2,0:1', false],
    ['preallocate', 'TRUE', 'true', true],
    ['compression.type', 'lz4', 'zstd', false],
  ])('%s: %s and %s', (key, one, other, same) => {
    expect(sameValue(key, one, other)).toBe(same);
    expect(sameValue(key, other, one)).toBe(same);
  });
});
