import { describe, expect, it } from '@jest/globals';
import { leavingBrokersHoldReplicas } from '../../lib/converge/leaving-brokers';

const topic = (name: string, ...replicas: readonly (readonly number[])[]) => ({
  name,
  internal: false,
  partitions: replicas.map((list, id) => ({ id, leader: list[0], replicas: list, isr: list })),
});

describe('brokers that are to be removed', () => {
  it('hold replicas until none of any topic is there', () => {
    const topics = [topic('orders', [1, 2], [4, 1]), topic('__consumer_offsets', [5, 4, 1])];
    expect(leavingBrokersHoldReplicas(topics, [4, 5])).toEqual(
      new Map([
        [4, ['orders-1', '__consumer_offsets-0']],
        [5, ['__consumer_offsets-0']],
      ]),
    );
    expect(leavingBrokersHoldReplicas(topics, [3])).toEqual(new Map());
  });
});
