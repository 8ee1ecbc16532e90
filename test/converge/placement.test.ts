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
