import { describe, expect, it } from '@jest/globals';
import { memoryAdmin } from '../../lib/kafka';
import { converge, planFor, portsOf, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const topic = { name: 'orders', partitions: 6, replicationFactor: 2, config: {} };
const desired = desiredWith({ topics: [topic] });

describe('the place of a new topic', () => {
  it('is left to the cluster where all of its brokers name a rack, and where none does', async () => {
    for (const brokers of [
      [
        { id: 1, rack: 'a' },
        { id: 2, rack: 'b' },
      ],
      [{ id: 1 }, { id: 2 }],
    ]) {
      const { steps } = await planFor(desired, portsOf(testCluster({ brokers })));
      expect(steps).toMatchObject([{ kind: 'create-topic', topic: 'orders' }]);
      expect(steps[0]).not.toHaveProperty('assignment');
    }
  });

  it('is chosen, over racks and evenly, where only some brokers name a rack', async () => {
    const cluster = testCluster({ brokers: [{ id: 1, rack: 'a' }, { id: 2, rack: 'a' }, { id: 3 }] });
    expect((await converge(desired, portsOf(cluster))).status).toBe('complete');
    const [found] = await memoryAdmin(cluster.memory).topics(['orders']);
    const replicas = found?.partitions.map((partition) => [...partition.replicas].sort()) ?? [];
    expect(replicas.filter((pair) => pair.join() === '1,3').length).toBe(3);
    expect(replicas.filter((pair) => pair.join() === '2,3').length).toBe(3);
    const leaders = found?.partitions.map(({ leader }) => leader) ?? [];
    expect([1, 2, 3].map((id) => leaders.filter((leader) => leader === id).length)).toEqual([2, 2, 2]);
  });
});

describe('more partitions where only some brokers name a rack', () => {
  const brokers = [{ id: 1, rack: 'a' }, { id: 2 }, { id: 3 }];
  const grown = desiredWith({ topics: [{ ...topic, partitions: 8 }] });

  it('are refused with ZooKeeper, which adds none then, and everything else is done', async () => {
    const cluster = testCluster({ brokers, metadata: 'zookeeper' });
    await converge(desired, portsOf(cluster));
    const plan = await planFor(desiredWith({ topics: [{ ...topic, partitions: 8, config: { 'retention.ms': '5' } }] }), portsOf(cluster));
    expect(plan.steps.map((step) => (step.kind === 'refuse' ? [step.reason, step.remedy] : step.id))).toEqual([
      [
        'it has 6 partitions and 8 are declared, and a cluster with ZooKeeper adds none while some of its brokers name a rack and others do not',
        'give the brokers 2, 3 a zone too and restart them, or take it from all',
      ],
      'set-config orders',
    ]);
    expect(plan.notes.map(({ code }) => code)).toEqual(['racks-uneven']);
    const grownAnyway = await memoryAdmin(cluster.memory).createPartitions(new Map([['orders', 8]]));
    expect([...grownAnyway.values()]).toMatchObject([{ done: false, reason: 'unknown' }]);
  });

  it('are added with KRaft', async () => {
    const cluster = testCluster({ brokers, metadata: 'kraft' });
    await converge(desired, portsOf(cluster));
    expect((await converge(grown, portsOf(cluster))).status).toBe('complete');
  });
});
