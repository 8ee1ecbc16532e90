import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApplyPorts, apply, clusterRecord, desiredOf, planWithImpact, readLive } from '../../../lib/converge';
import { clientFor, recordLogFor } from '../../../lib/kafka';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';
import { brokerPool, environmentOf, plainListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { told } from '../kafka-admin/contract';

describeWith(['maven', 'java', 'kafka-3.9.2'], 'a cluster with ZooKeeper of which one broker names a rack and another one does not', () => {
  let cluster: LocalCluster | undefined;
  const closing: (() => Promise<void>)[] = [];
  let ports: ApplyPorts;
  const environment = (partitions: number) =>
    environmentOf({
      kafka: { version: '3.9.2' },
      listeners: [...plainListeners],
      metadata: { mode: 'zookeeper', ensemble: { ...zookeeperEnsemble, ids: [1] } },
      monitoring: { enabled: false },
      nodePools: [
        { ...brokerPool, ids: [1], zone: 'a' },
        { ...brokerPool, name: 'others', ids: [2] },
      ],
      topics: { orders: { partitions, replicationFactor: 2 } },
    });
  // A cluster with ZooKeeper makes its own id.
  const planned = async (partitions: number) => {
    const { clusterId } = await ports.admin.cluster();
    const desired = { ...desiredOf(environment(partitions)), clusterId };
    return planWithImpact(desired, await readLive(desired, ports), ports.admin);
  };

  beforeAll(async () => {
    cluster = await LocalCluster.prepare(environment(2), '3.9.2', temporaryFolder('racks'));
    await cluster.start();
    const connection = { bootstrapServers: cluster.bootstrap('CLIENT').split(',') };
    const [admin, log] = [clientFor(connection), recordLogFor(connection)];
    closing.push(
      () => admin.close(),
      () => log.close(),
    );
    ports = { admin, ...clusterRecord(log, admin, 'test'), secrets: { read: async () => undefined } };
    await waitFor('both brokers are there', async () => (await admin.cluster()).brokers.length === 2);
  });
  afterAll(async () => {
    for (const close of closing) await close();
    await cluster?.stop();
  });
  // Removed after what writes there has stopped.
  const temporaryFolder = temporaryFolders();

  describe('the convergence', () => {
    it('says that the cluster does not even make its own topics, so that there may be no lock', async () => {
      const plan = await planned(2);
      expect(plan.notes.map(({ code }) => code)).toEqual(['racks-uneven']);
      await expect(apply(plan, ports)).rejects.toThrow('FindCoordinator: The coordinator is not available');
      expect(await ports.admin.topics(['orders'])).toEqual([]);
    });

    it('places a new topic and its record by itself, since the cluster would make none', async () => {
      const topic = { name: 'left-to-the-cluster', partitions: 1, replicationFactor: 1, config: {} };
      expect(told(await ports.admin.createTopics([topic]))).toEqual(['unknown']);
      // As it is where racks were given later.
      const assignment = Array.from({ length: 50 }, () => [1, 2]);
      const transactions = { name: '__transaction_state', partitions: 50, replicationFactor: 2, assignment };
      expect(told(await ports.admin.createTopics([{ ...transactions, config: { 'cleanup.policy': 'compact' } }]))).toEqual(['done']);
      expect((await apply(await planned(2), ports)).status).toBe('complete');
      expect((await planned(2)).steps).toEqual([]);
    });

    it('refuses to add partitions, which the cluster can not', async () => {
      expect(told(await ports.admin.createPartitions(new Map([['orders', 4]])))).toEqual(['unknown']);
      const { steps } = await planned(4);
      expect(steps.map((step) => (step.kind === 'refuse' ? [step.id, step.remedy] : step.id))).toEqual([
        ['refuse topic orders partitions', 'give the broker 2 a zone too and restart it, or take it from all'],
      ]);
    });
  });
});
