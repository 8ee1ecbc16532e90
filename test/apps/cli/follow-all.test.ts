import { describe, expect, it } from '@jest/globals';
import { followAll } from '../../../apps/cli/follow-all';

describe('following several at once', () => {
  it('ends when all have ended', async () => {
    const ended: string[] = [];
    await followAll(['a', 'b'], async (target) => void ended.push(target));
    expect(ended).toEqual(['a', 'b']);
  });

  it('lets go of the others where one fails, and tells why', async () => {
    const released: string[] = [];
    const following = followAll(['torn', 'well'], async (target, signal) => {
      if (target === 'torn') throw new Error('the log of torn is gone');
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      released.push(target);
    });
    await expect(following).rejects.toThrow('the log of torn is gone');
    await new Promise((resolve) => setImmediate(resolve));
    expect(released).toEqual(['well']);
  });
});
