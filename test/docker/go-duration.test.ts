import { expect, it } from '@jest/globals';
import { goDuration } from '../../lib/docker/go-duration';

it.each([
  [0, '0s'],
  [10, '10s'],
  [60, '1m0s'],
  [90, '1m30s'],
  [600, '10m0s'],
  [3600, '1h0m0s'],
  [3661, '1h1m1s'],
])('%d seconds are written as Go writes them: %s', (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
});
