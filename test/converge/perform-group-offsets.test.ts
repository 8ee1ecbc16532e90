import { describe, expect, it } from '@jest/globals';
import { performGroupOffsets } from '../../lib/converge/perform-group-offsets';
import type { SetGroupOffsets } from '../../lib/converge/step';
import { type KafkaAdmin, MemoryCluster, memoryAdmin, type Outcome } from '../../lib/kafka';

const step = (offsets: Readonly<Record<string, string>>): SetGroupOffsets => ({
  kind: 'set-group-offsets',
  id: 'set-group-offsets billing',
  class: 'online',
  affects: [],
  undo: [],
  group: 'billing',
  offsets,
  from: {},
});

/** A cluster with one topic, whose coordinator does not know it in its first `late` answers; and what it was asked. */
async function clusterWith(late: number): Promise<{ readonly admin: KafkaAdmin; readonly asked: (readonly string[])[] }> {
  const cluster = new MemoryCluster({ brokers: [{ id: 0 }], authorizer: false });
  const admin = memoryAdmin(cluster);
  await admin.createTopics([{ name: 'orders-new', partitions: 2, replicationFactor: 1, config: {} }]);
  const asked: (readonly string[])[] = [];
  const setGroupOffsets: KafkaAdmin['setGroupOffsets'] = async (group, offsets) => {
    asked.push([...offsets.keys()]);
    if (asked.length > late) return admin.setGroupOffsets(group, offsets);
    const unknown: Outcome = { done: false, reason: 'not-found', message: 'unknown topic or partition' };
    return new Map([...offsets.keys()].map((key) => [key, unknown]));
  };
  return { admin: { ...admin, setGroupOffsets }, asked };
}

describe('offsets of a group', () => {
  it('are committed again when the coordinator hears of the topic late', async () => {
    const { admin, asked } = await clusterWith(2);
    const [outcome] = await performGroupOffsets([step({ 'orders-new-0': '3', 'orders-new-1': '5000000000' })], { admin, withinMs: 30_000 });
    expect(outcome?.status).toBe('done');
    expect(asked).toHaveLength(3);
    expect([...(await admin.groupOffsets('billing'))].sort()).toEqual([
      ['orders-new-0', 3n],
      ['orders-new-1', 5_000_000_000n],
    ]);
  });

  it('are not waited for where there is no such partition, and those that there are, are committed', async () => {
    const { admin, asked } = await clusterWith(0);
    const [outcome] = await performGroupOffsets([step({ 'orders-new-0': '3', 'orders-new-7': '1', 'gone-0': '1' })], {
      admin,
      withinMs: 30_000,
    });
    expect(outcome).toMatchObject({ status: 'failed', reason: 'not-found' });
    expect(asked).toEqual([['orders-new-0', 'orders-new-7', 'gone-0']]);
    expect([...(await admin.groupOffsets('billing'))]).toEqual([['orders-new-0', 3n]]);
  });

  it('are given up at the deadline', async () => {
    const { admin } = await clusterWith(Number.POSITIVE_INFINITY);
    const [outcome] = await performGroupOffsets([step({ 'orders-new-0': '3' })], { admin, withinMs: 0 });
    expect(outcome).toMatchObject({ status: 'failed', reason: 'not-found' });
  });
});
