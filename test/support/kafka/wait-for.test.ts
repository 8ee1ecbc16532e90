import { describe, expect, it } from '@jest/globals';
import { freePorts } from './ports';
import { Hopeless, waitFor } from './wait-for';

describe('waitFor', () => {
  it('tries again until the probe answers, errors being no answer yet', async () => {
    let tries = 0;
    const probe = () => {
      tries += 1;
      if (tries === 1) throw new Error('refused');
      return tries < 3 ? undefined : 'up';
    };
    expect(await waitFor('the broker is up', probe, { everyMs: 1 })).toBe('up');
    expect(tries).toBe(3);
  });

  it('fails at the deadline with the goal, the last error and the context', async () => {
    const never = () => Promise.reject(new Error('refused'));
    const wait = waitFor('the broker is up', never, { deadlineMs: 5, everyMs: 1, context: () => 'its log' });
    await expect(wait).rejects.toThrow('the broker is up: not so after 5 ms; last error: refused\nits log');
  });

  it('gives up at once when the probe knows better', async () => {
    const hopeless = () => {
      throw new Hopeless('the process has ended');
    };
    await expect(waitFor('the broker is up', hopeless)).rejects.toThrow('waiting for the broker is up: the process has ended');
  });
});

describe('freePorts', () => {
  it('are all different', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
  });
});
