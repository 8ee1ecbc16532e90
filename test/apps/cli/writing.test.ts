import { describe, expect, it } from '@jest/globals';
import { writing } from '../../../apps/cli/writing';

describe('writing while the next thing is made', () => {
  it('ends when all is written', async () => {
    const written: number[] = [];
    const writes = writing();
    for (const number of [1, 2, 3]) {
      await writes.begin(async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        written.push(number);
      });
    }
    await writes.end();
    expect(written.sort()).toEqual([1, 2, 3]);
  });

  it('tells at the end of a write that failed on the way', async () => {
    const writes = writing();
    await writes.begin(() => Promise.reject(new Error('the disk is full')));
    await writes.begin(async () => undefined);
    await expect(writes.end()).rejects.toThrow('the disk is full');
  });
});
