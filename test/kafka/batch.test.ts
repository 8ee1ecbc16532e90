import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batches, settle } from '../../lib/kafka/batch';
import { Session } from '../../lib/kafka/session';

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

describe('a write of more than one request', () => {
  const items = new Map(Array.from({ length: 25_000 }, (_, index) => [`item ${index}`, index] as const));
  const sendingTo =
    (sent: number[]) =>
    async (batch: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, { code: number; message: null }>> => {
      sent.push(batch.size);
      return new Map([...batch.keys()].map((key) => [key, { code: 0, message: null }]));
    };

  it('asks the guard before each of them', async () => {
    const session = new Session({ bootstrapServers: [] });
    const [sent, asked]: [number[], number[]] = [[], []];
    session.guard = async () => {
      asked.push(sent.length);
    };
    const outcomes = await settle(session, items, { send: sendingTo(sent) });
    expect([sent, asked, outcomes.size]).toEqual([[10_000, 10_000, 5_000], [0, 1, 2], 25_000]);
  });

  it('puts no more into each of them than it may', async () => {
    const sent: number[] = [];
    const outcomes = await settle(new Session({ bootstrapServers: [] }), items, { most: 7_000, send: sendingTo(sent) });
    expect([sent, [...outcomes.keys()]]).toEqual([[7_000, 7_000, 7_000, 4_000], [...items.keys()]]);
  });

  it('sends nothing more once the guard refuses', async () => {
    const session = new Session({ bootstrapServers: [] });
    const sent: number[] = [];
    session.guard = async () => {
      if (sent.length === 1) throw new Error('the lock is lost');
    };
    await expect(settle(session, items, { send: sendingTo(sent) })).rejects.toThrow('the lock is lost');
    expect(sent).toEqual([10_000]);
  });
});
