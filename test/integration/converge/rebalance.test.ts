import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ApplyPorts,
  applyRebalance,
  clusterRecord,
  desiredOf,
  isBalanced,
  leavingBrokersHoldReplicas,
  nothingOwned,
  planRebalance,
  type RebalanceOptions,
} from '../../../lib/converge';
import { clientFor, type KafkaAdmin, type RecordLog, recordLogFor } from '../../../lib/kafka';
import { describeWith } from '../../support/parts';
import { brokerPool, combinedPool, environmentOf, plainListeners } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { killedAt } from './killed';
import { type RackedCluster, spreadsOverRacks } from './racks';

/** Five nodes in three racks, of which three are there at first. */
const environment = environmentOf({
  listeners: [...plainListeners],
  authorization: 'none',
  monitoring: { enabled: false },
  kafka: {
    version: '4.3.1',
    config: { 'offsets.topic.num.partitions': 6, 'offsets.topic.replication.factor': 3, 'transaction.state.log.num.partitions': 2 },
  },
  metadata: { mode: 'kraft' },
  nodePools: ['a', 'b', 'c', 'a', 'b'].map((zone, index) => ({
    ...(index === 0 ? combinedPool : brokerPool),
    name: `pool-${index + 1}`,
    ids: [index + 1],
    zone,
  })),
});

const desired = desiredOf(environment);
const rate = 'leader.replication.throttled.rate';

describeWith(['maven', 'java', 'kafka-4.3.1'], 'a rebalance of a real cluster', () => {
  let cluster: LocalCluster | undefined;
  let admin: KafkaAdmin;
  let log: RecordLog;
  let ports: ApplyPorts;

  beforeAll(async () => {
    cluster = await LocalCluster.prepare(environment, '4.3.1', temporaryFolder('rebalance'));
    await cluster.start(['kafka-1', 'kafka-2', 'kafka-3']);
    const connection = { bootstrapServers: cluster.bootstrap('CLIENT').split(',').slice(0, 3) };
    admin = clientFor(connection);
    log = recordLogFor(connection);
    const { ownership, lock } = clusterRecord(log, admin, environment.name);
    ports = { admin, ownership, lock, secrets: { read: async () => undefined } };
    // The record is there before anything moves, as after an apply.
    await ports.ownership.write({ ...nothingOwned, environment: environment.name });
    const topics = ['orders', 'payments', 'foreign'].map((name) => ({ name, partitions: 8, replicationFactor: 3, config: {} }));
    const notes = { name: 'notes', partitions: 1, replicationFactor: 3, config: { 'cleanup.policy': 'compact' } };
    await admin.createTopics([...topics, notes]);
    await expectEventually(async () => (await admin.topics(['foreign', 'notes'])).length, 2);
    await log.append('notes', new Map(Array.from({ length: 200 }, (_, index) => [`key-${index}`, 'x'.repeat(1000)])));
    // Makes Kafka's own topics: those of groups and of transactions.
    await admin.setGroupOffsets('readers', new Map([['orders-0', 0n]]));
    await log.lock('some-transaction');
    await cluster.start(['kafka-4', 'kafka-5']);
    await expectEventually(async () => (await admin.cluster()).brokers.length, 5);
  });

  afterAll(async () => {
    await Promise.all([admin?.close(), log?.close()]);
    await cluster?.stop();
  });
  // Removed after what writes there has stopped.
  const temporaryFolder = temporaryFolders();

  const loads = async () => {
    const partitions = (await admin.topics()).flatMap((topic) => topic.partitions);
    return {
      replicas: [1, 2, 3, 4, 5].map((id) => partitions.filter(({ replicas }) => replicas.includes(id)).length),
      leaders: [1, 2, 3, 4, 5].map((id) => partitions.filter(({ leader }) => leader === id).length),
      partitions: partitions.length,
    };
  };

  const throttles = async () => ({
    brokers: [...(await admin.brokerConfigs([1, 2, 3, 4, 5]))].flatMap(([id, entries]) => entries.map(({ value }) => `${id} ${value}`)),
    topics: [...(await admin.topicConfigs((await admin.topics()).map(({ name }) => name)))].flatMap(([name, entries]) =>
      entries.flatMap(({ key }) => (key.includes('throttled') ? [name] : [])),
    ),
  });

  const balance = async (empty: readonly number[], options: RebalanceOptions = {}, through: ApplyPorts = ports) =>
    applyRebalance(await planRebalance(desired, through, { empty }), desired, through, options);

  it('gives new brokers their share of replicas and leaders, in racks of their own', async () => {
    expect((await balance([])).status).toBe('complete');
    const { replicas, leaders, partitions } = await loads();
    // Every partition has a copy in rack c, which has one broker; the other racks share theirs among two.
    expect(replicas[2]).toBe(partitions);
    for (const id of [0, 1, 3, 4]) expect(Math.abs((replicas[id] ?? 0) - partitions / 2)).toBeLessThanOrEqual(1);
    expect(Math.max(...leaders) - Math.min(...leaders)).toBeLessThanOrEqual(1);
    await expectEventually(throttles, { brokers: [], topics: [] });
    expect((await log.read('notes'))?.size).toBe(200);
    expect(isBalanced(await planRebalance(desired, ports))).toBe(true);
  });

  it('empties brokers, after it was killed in the middle, and leaves the throttle of somebody else', async () => {
    await admin.alterBrokerConfigs(new Map([[2, { [rate]: '12345678' }]]));
    await expectEventually(async () => (await throttles()).brokers, ['2 12345678']);
    let waves = 0;
    const dying = killedAt(ports, 'reassign', () => ++waves === 3);
    await expect(balance([4, 5], { atOnce: 4 }, dying)).rejects.toThrow('killed');
    expect(leavingBrokersHoldReplicas(await admin.topics(), [4, 5]).size).toBe(2);
    expect((await throttles()).topics).toContain('foreign');

    const told: string[] = [];
    const { status } = await balance([4, 5], {
      onProgress: (progress) => told.push(...('throttles' in progress ? progress.throttles : [])),
    });
    expect(status).toBe('complete');
    expect(told).toEqual(['broker 2 is throttled to 12345678 bytes a second already']);
    expect(leavingBrokersHoldReplicas(await admin.topics(), [4, 5])).toEqual(new Map());
    await expectEventually(throttles, { brokers: ['2 12345678'], topics: [] });
    const { leaders, partitions } = await loads();
    expect(leaders.reduce((sum, count) => sum + count, 0)).toBe(partitions);
    expect((await log.read('notes'))?.size).toBe(200);
    expect((await admin.groupOffsets('readers')).get('orders-0')).toBe(0n);
  });

  describe('and then the convergence', () => {
    spreadsOverRacks((): RackedCluster => {
      if (cluster === undefined) throw new Error('the cluster did not start');
      return { cluster, ports, log, desired };
    });
  });
});

/** Polls, because a broker may answer from metadata that lags behind. */
async function expectEventually<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  const deadline = Date.now() + 120_000;
  let last = await read();
  while (JSON.stringify(last) !== JSON.stringify(expected) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    last = await read();
  }
  expect(last).toEqual(expected);
}
