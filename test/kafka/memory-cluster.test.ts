import { describe, expect, it } from '@jest/globals';
import { MemoryCluster, type MemoryRequest, memoryAdmin, Unanswered } from '../../lib/kafka';

const topic = (name: string) => ({ name, partitions: 1, replicationFactor: 1, config: {} });
const names = async (cluster: MemoryCluster) => [...cluster.state.topics.keys()];

describe('a cluster in memory', () => {
  it('fails before or after the effect of a request, wherever a test wants', async () => {
    const at = (index: number) => (request: MemoryRequest) => {
      if (request.index === index) throw new Error('the power is gone');
    };
    const before = new MemoryCluster({ before: at(1) });
    const admin = memoryAdmin(before);
    await admin.createTopics([topic('first')]);
    await expect(admin.createTopics([topic('second')])).rejects.toThrow('the power is gone');
    expect(await names(before)).toEqual(['first']);

    const after = new MemoryCluster({ after: at(1) });
    const other = memoryAdmin(after);
    await other.createTopics([topic('first')]);
    await expect(other.createTopics([topic('second')])).rejects.toThrow('the power is gone');
    expect(await names(after)).toEqual(['first', 'second']);
  });

  it('answers for each item when an answer is lost on the way', async () => {
    const cluster = new MemoryCluster({
      after: ({ writes }) => {
        if (writes) throw new Unanswered('unreachable', 'the connection was cut');
      },
    });
    const outcomes = await memoryAdmin(cluster).createTopics([topic('orders'), topic('payments')]);
    expect([...outcomes.values()].map((outcome) => outcome.done || outcome.reason)).toEqual(['timed-out', 'timed-out']);
    expect(await names(cluster)).toEqual(['orders', 'payments']);
  });

  it('tells late what was done, where it shall', async () => {
    const cluster = new MemoryCluster({ staleRequests: 2 });
    const admin = memoryAdmin(cluster);
    await admin.createTopics([topic('orders')]);
    const seen = [(await admin.topics()).length, (await admin.topics()).length, (await admin.topics()).length];
    expect(seen).toEqual([0, 0, 1]);
  });

  it('takes its time to move a replica', async () => {
    const cluster = new MemoryCluster({ moveRequests: 3 });
    const admin = memoryAdmin(cluster);
    await admin.createTopics([{ ...topic('orders'), assignment: [[1]] }]);
    await admin.reassign(new Map([['orders-0', [2, 3]]]));
    expect(await admin.reassignments()).toEqual(new Map([['orders-0', { replicas: [2, 3, 1], adding: [2, 3], removing: [1] }]]));
    for (let left = 3; left > 0; left--) await admin.cluster();
    expect((await admin.topics())[0]?.partitions[0]).toMatchObject({ replicas: [2, 3], leader: 2 });
    expect(await admin.reassignments()).toEqual(new Map());
  });

  it('gives nothing away that changes what it knows', async () => {
    const cluster = new MemoryCluster();
    const admin = memoryAdmin(cluster);
    await admin.createTopics([topic('orders')]);
    const [found] = await admin.topics();
    for (const { replicas } of found?.partitions ?? []) (replicas as number[]).push(99);
    expect((await admin.topics())[0]?.partitions[0]?.replicas).toEqual([1]);
  });

  it('has no ACLs without an authorizer', async () => {
    const admin = memoryAdmin(new MemoryCluster({ authorizer: false }));
    await expect(admin.acls()).rejects.toMatchObject({ name: 'ClusterFailure', reason: 'unsupported' });
    expect(await admin.mayListTopics()).toBe(true);
  });
});
