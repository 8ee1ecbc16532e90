import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LockLost } from '../../lib/converge';
import { converge, planFor, portsOf } from '../support/converge/cluster';
import { snapshot } from '../support/converge/snapshot';
import { cases, desired, foreign, patienceMs } from './converge-arbitraries';
import { everyCrashPoint } from './every-crash-point';

describe('a run that is killed', () => {
  it(
    'at any request is finished by running again, and the record is right',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, desired, fc.constantFrom('before' as const, 'after' as const), (make, first, second, moment) =>
          everyCrashPoint(make, [first, second], moment, (cluster) => snapshot(cluster.memory.state)),
        ),
        { numRuns: cases(8) },
      );
    },
    patienceMs,
  );
});

/** Lets two runs go on one request at a time, in a given order. */
class Turns {
  private readonly waiting = new Map<number, (() => void)[]>();

  spyOf(runner: number) {
    return async (_request: string, moment: 'before' | 'after') => {
      if (moment === 'before')
        await new Promise<void>((resolve) => this.waiting.set(runner, [...(this.waiting.get(runner) ?? []), resolve]));
    };
  }

  /** Gives a turn to one, or to the other where the first has none to take. */
  async give(runner: number): Promise<void> {
    for (let tries = 0; tries < 20 && this.waiting.size === 0; tries++) await new Promise((resolve) => setImmediate(resolve));
    const [first] = this.waiting.keys();
    const chosen = this.waiting.has(runner) ? runner : first;
    if (chosen === undefined) return;
    const [go, ...later] = this.waiting.get(chosen) ?? [];
    if (later.length === 0) this.waiting.delete(chosen);
    else this.waiting.set(chosen, later);
    go?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('two runs at once', () => {
  it(
    'in any interleaving end in the state of the one that plans next, and touch nothing foreign',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          foreign,
          desired,
          desired,
          fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 60, maxLength: 60 }),
          async (make, first, second, order) => {
            const cluster = make();
            const strangers = snapshot(cluster.memory.state);
            const turns = new Turns();
            let left = 2;
            const runs = [first, second].map((wanted, index) =>
              converge(wanted, portsOf(cluster, turns.spyOf(index)))
                .catch((error: unknown) => {
                  if (!(error instanceof LockLost) && !(error instanceof Error && error.name === 'ConvergeError')) throw error;
                })
                .finally(() => left--),
            );
            for (let turn = 0; left > 0; turn++) await turns.give(order[turn % order.length] ?? 0);
            await Promise.all(runs);
            await converge(second, portsOf(cluster));
            const again = await planFor(second, portsOf(cluster));
            expect(again.steps.filter(({ kind }) => kind !== 'refuse')).toEqual([]);
            const after = snapshot(cluster.memory.state);
            for (const [name, topic] of Object.entries(strangers.topics)) expect(after.topics[name]).toEqual(topic);
            expect(after.acls).toEqual(expect.arrayContaining([...strangers.acls]));
          },
        ),
        { numRuns: cases(100) },
      );
    },
    patienceMs,
  );
});
