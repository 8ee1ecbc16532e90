import { describe, expect, it } from '@jest/globals';
import {
  applyRebalance,
  type Desired,
  isBalanced,
  planRebalance,
  type RebalanceOptions,
  type RebalanceProgress,
  renderRebalance,
  renderRebalanceResult,
} from '../../lib/converge';
import { ClusterFailure, memoryAdmin } from '../../lib/kafka';
import { converge, Killed, portsOf, putTopic, recordOf, type Spy, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const desired: Desired = desiredWith({});
const five = [1, 2, 3, 4, 5].map((id) => ({ id }));

/** Five brokers, and all that is there on the first three. */
function grown(moveRequests = 2): TestCluster {
  const cluster = testCluster({ brokers: five, moveRequests });
  for (const name of ['orders', 'foreign', '__consumer_offsets'])
    putTopic(
      cluster,
      name,
      Array.from({ length: 10 }, (_, id) => [0, 1, 2].map((replica) => 1 + ((id + replica) % 3))),
    );
  return cluster;
}

async function balance(cluster: TestCluster, empty: readonly number[] = [], options: RebalanceOptions = {}, spy?: Spy) {
  const ports = portsOf(cluster, spy);
  return applyRebalance(await planRebalance(desired, ports, { empty }), desired, ports, options);
}

const loads = ({ memory }: TestCluster) =>
  five.map(
    ({ id }) =>
      [...memory.state.topics.values()].flatMap(({ partitions }) => partitions).filter(({ replicas }) => replicas.includes(id)).length,
  );

const throttles = ({ memory: { state } }: TestCluster) => ({
  brokers: [...state.brokerConfigs].flatMap(([id, config]) => [...config].map(([key, value]) => `${id} ${key}=${value}`)),
  topics: [...state.topics].flatMap(([name, { config }]) =>
    [...config.keys()].filter((key) => key.includes('throttled')).map((key) => `${name} ${key}`),
  ),
});

const none = { brokers: [], topics: [] };

describe('a rebalance', () => {
  it('gives new brokers their share of all topics, whoever made them, and has preferred leaders lead', async () => {
    const cluster = grown();
    expect(await balance(cluster)).toMatchObject({ status: 'complete', failed: {} });
    // With the record's own topic of three copies.
    expect(loads(cluster).reduce((sum, load) => sum + load, 0)).toBe(93);
    expect(Math.max(...loads(cluster).slice(3)) - Math.min(...loads(cluster))).toBeLessThanOrEqual(1);
    for (const { partitions } of cluster.memory.state.topics.values())
      for (const { leader, replicas } of partitions) expect(leader).toBe(replicas[0]);
    expect(throttles(cluster)).toEqual(none);
  });

  it('empties brokers, and then they hold nothing', async () => {
    const cluster = grown();
    await balance(cluster);
    expect((await balance(cluster, [4, 5], { atOnce: 3 })).status).toBe('complete');
    expect(loads(cluster).slice(3)).toEqual([0, 0]);
    expect(isBalanced(await planRebalance(desired, portsOf(cluster), { empty: [4, 5] }))).toBe(true);
  });

  it('empties a broker that got the record of this very run', async () => {
    const cluster = grown();
    await balance(cluster, [1]);
    expect({ held: loads(cluster)[0], record: cluster.memory.state.topics.has('_kafkon') }).toEqual({ held: 0, record: true });
  });

  it('goes on where it was killed, at whatever call that was, and leaves no throttle', async () => {
    let died = true;
    for (let index = 0; died; index++) {
      const cluster = grown();
      await converge(desiredWith({ topics: [{ name: 'own', partitions: 1, replicationFactor: 2, config: {} }] }), portsOf(cluster));
      let count = 0;
      const killer: Spy = (_, moment) => {
        if (moment === 'after' && count++ === index) throw new Killed();
      };
      died = await balance(cluster, [1], { atOnce: 10 }, killer).then(
        () => false,
        (error: unknown) => (error instanceof Killed ? true : Promise.reject(error)),
      );
      const { status } = await balance(cluster, [1]);
      expect({ index, status }).toEqual({ index, status: 'complete' });
      expect({ index, held: loads(cluster)[0], throttles: throttles(cluster) }).toEqual({ index, held: 0, throttles: none });
      const record = await recordOf(cluster);
      expect([...record.moving, ...record.throttles]).toEqual([]);
      expect(isBalanced(await planRebalance(desired, portsOf(cluster), { empty: [1] }))).toBe(true);
    }
  }, 60_000);

  it('says that it broke off when the cluster goes away', async () => {
    const cluster = grown();
    let asked = 0;
    const result = await balance(cluster, [], { atOnce: 5 }, (call, moment) => {
      if (call === 'reassign' && moment === 'before' && asked++ === 1) throw new ClusterFailure('unreachable', 'no broker answers');
    });
    expect(result).toMatchObject({ status: 'interrupted', interruption: 'no broker answers', moved: 5 });
    expect(throttles(cluster).brokers.length).toBe(10);
    expect((await recordOf(cluster)).throttles.size).toBeGreaterThan(5);
  });

  it('leaves a throttle of somebody else as it is, and says so', async () => {
    const cluster = grown();
    const admin = memoryAdmin(cluster.memory);
    await admin.alterBrokerConfigs(new Map([[2, { 'leader.replication.throttled.rate': '1234' }]]));
    await admin.alterTopicConfigs(new Map([['foreign', { 'leader.replication.throttled.replicas': '0:1' }]]));
    const told: RebalanceProgress[] = [];
    await balance(cluster, [], { onProgress: (progress) => told.push(progress) });
    expect(told[0]).toEqual({
      doing: 'throttled-by-others',
      throttles: ['broker 2 is throttled to 1234 bytes a second already', 'the topic foreign has throttled replicas already'],
    });
    expect(throttles(cluster)).toEqual({
      brokers: ['2 leader.replication.throttled.rate=1234'],
      topics: ['foreign leader.replication.throttled.replicas'],
    });
  });

  it('does nothing while somebody else is moving replicas, or where copies would have no broker', async () => {
    const cluster = grown(20);
    const admin = memoryAdmin(cluster.memory);
    await admin.reassign(new Map([['foreign-0', [4, 5, 3]]]));
    expect((await planRebalance(desired, portsOf(cluster))).refused[0]).toContain('somebody else is moving foreign-0;');
    const crowded = grown();
    const { refused, moves } = await planRebalance(desired, portsOf(crowded), { empty: [3, 4, 5, 7] });
    expect(moves).toEqual([]);
    expect(refused).toEqual([
      'there is no broker 7; there are 1, 2, 3, 4, 5',
      'more replicas than the 2 brokers that would be left: orders-0, orders-1, orders-2, orders-3, orders-4 and 25 more; lower their replicationFactor first',
    ]);
    await expect(balance(crowded, [1, 2, 3, 4, 5])).rejects.toThrow('no broker would be left');
  });

  it('does not do a plan that has become stale', async () => {
    const cluster = grown();
    const ports = portsOf(cluster);
    const plan = await planRebalance(desired, ports);
    await balance(cluster);
    await expect(applyRebalance(plan, desired, ports)).rejects.toThrow('replicas are not where they were');
  });

  it('is not done on a cluster that the environment does not name, outside development', async () => {
    const cluster = grown();
    const { clusterId: _, ...unnamed } = desired;
    const ports = portsOf(cluster);
    const plan = await planRebalance({ ...unnamed, clusterId: undefined }, ports);
    await expect(applyRebalance(plan, { ...unnamed, clusterId: undefined }, ports)).rejects.toThrow('does not name its cluster');
  });

  it('is written as a table of brokers and the moves', async () => {
    const cluster = testCluster({
      brokers: [
        { id: 1, rack: 'a' },
        { id: 2, rack: 'b' },
      ],
    });
    putTopic(cluster, 'orders', [[1], [1]]);
    const plan = await planRebalance(desired, portsOf(cluster));
    expect(renderRebalance(plan)).toBe(`orders-production on cluster ${plan.clusterId}: 1 partition to copy (0 B)

  broker 1 (a): 2 → 1 replicas, 2 → 1 leaders
  broker 2 (b): 0 → 1 replicas, 0 → 1 leaders

  ~ orders-0: 1 → 2
`);
    expect(renderRebalanceResult(plan, await balance(cluster))).toBe(
      `orders-production on cluster ${plan.clusterId}: 1 partition moved, 0 preferred leaders elected\n`,
    );
  });
});

describe('a changed replication factor', () => {
  it('leaves a throttle of somebody else as it is', async () => {
    const cluster = testCluster();
    const topic = { name: 'orders', partitions: 1, replicationFactor: 1, config: {} };
    await converge(desiredWith({ topics: [topic] }), portsOf(cluster));
    await memoryAdmin(cluster.memory).alterBrokerConfigs(new Map([[1, { 'follower.replication.throttled.rate': '77' }]]));
    const result = await converge(desiredWith({ topics: [{ ...topic, replicationFactor: 3 }] }), portsOf(cluster));
    expect(result.status).toBe('complete');
    expect(throttles(cluster)).toEqual({ brokers: ['1 follower.replication.throttled.rate=77'], topics: [] });
  });

  it('keeps in mind the throttle of a broker that dies meanwhile, and takes it away when that is back', async () => {
    const brokers = [{ id: 1 }, { id: 2 }, { id: 3 }];
    const cluster = testCluster({ brokers });
    const topic = { name: 'orders', partitions: 1, replicationFactor: 1, config: {} };
    await converge(desiredWith({ topics: [topic] }), portsOf(cluster));
    const wider = { ...topic, replicationFactor: 2 };
    const dying: Spy = (call, moment) => {
      if (call === 'reassignments' && moment === 'after' && brokers.length === 3) brokers.pop();
    };
    expect((await converge(desiredWith({ topics: [wider] }), portsOf(cluster, dying))).status).toBe('complete');
    expect([...(await recordOf(cluster)).throttles]).toEqual(['broker 3']);
    expect(throttles(cluster).brokers).toEqual([
      '3 leader.replication.throttled.rate=50000000',
      '3 follower.replication.throttled.rate=50000000',
    ]);

    brokers.push({ id: 3 });
    const more = desiredWith({ topics: [wider, { ...topic, name: 'payments' }] });
    expect((await converge(more, portsOf(cluster))).status).toBe('complete');
    expect(throttles(cluster)).toEqual(none);
    expect([...(await recordOf(cluster)).throttles]).toEqual([]);
  });
});
