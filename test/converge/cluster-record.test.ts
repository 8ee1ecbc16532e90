import { expect, it } from '@jest/globals';
import { clusterRecord } from '../../lib/converge';
import { ClusterFailure, memoryAdmin, memoryRecordLog, type RecordLog } from '../../lib/kafka';
import { testCluster } from '../support/converge/cluster';

/** A log whose broker hears of a new topic late. */
function lateLog(log: RecordLog, times: number): RecordLog {
  let left = times;
  return {
    ...log,
    append: async (topic, records, hold) => {
      if (left-- > 0) throw new ClusterFailure('unsupported', `there is no topic ${topic}`);
      await log.append(topic, records, hold);
    },
  };
}

it('waits for a broker that has not heard of the new topic yet', async () => {
  const { memory } = testCluster();
  const admin = memoryAdmin(memory);
  const { ownership } = clusterRecord(lateLog(memoryRecordLog(memory), 2), admin, 'test');
  const owned = { ...(await ownership.read()), topics: new Map([['orders', []]]) };
  await ownership.write(owned);
  expect((await clusterRecord(memoryRecordLog(memory), admin, 'test').ownership.read()).topics).toEqual(new Map([['orders', []]]));
});

it('does not wait for a topic that somebody has deleted', async () => {
  const { memory } = testCluster();
  const admin = memoryAdmin(memory);
  const first = clusterRecord(memoryRecordLog(memory), admin, 'test');
  const owned = { ...(await first.ownership.read()), topics: new Map([['orders', []]]) };
  await first.ownership.write(owned);
  const { ownership } = clusterRecord(lateLog(memoryRecordLog(memory), 1), admin, 'test');
  await ownership.read();
  await expect(
    ownership.write({
      ...owned,
      topics: new Map([
        ['orders', []],
        ['refunds', []],
      ]),
    }),
  ).rejects.toThrow('there is no topic _kafkon');
});

it('can be read and written where brokers compress and take small messages alone', async () => {
  const { memory } = testCluster();
  const admin = memoryAdmin(memory);
  await admin.alterBrokerConfigs(new Map([['all' as const, { 'compression.type': 'lz4', 'message.max.bytes': '1000' }]]));
  const { ownership } = clusterRecord(memoryRecordLog(memory), admin, 'test');
  await ownership.write({ ...(await ownership.read()), topics: new Map([['orders', []]]) });
  expect((await clusterRecord(memoryRecordLog(memory), admin, 'test').ownership.read()).topics).toEqual(new Map([['orders', []]]));
  const [size] = (await admin.topicConfigs(['_kafkon'], ['max.message.bytes'])).get('_kafkon') ?? [];
  expect(Number(size?.value)).toBeGreaterThan(500_000);
});
