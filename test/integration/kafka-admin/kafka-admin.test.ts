import { afterAll } from '@jest/globals';
import { describeWith } from '../../support/parts';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { kraft, startSecured, subjectOf, zookeeper } from './clusters';
import { adminContract } from './contract';

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'the client of a real cluster', () => {
  const temporaryFolder = temporaryFolders();
  const clusters: LocalCluster[] = [];
  afterAll(async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  });

  adminContract('Kafka 4.3 with KRaft, SCRAM, TLS and ACLs', async () => {
    const cluster = await startSecured(kraft, '4.3.1', temporaryFolder('kraft'));
    clusters.push(cluster);
    return subjectOf(cluster);
  });

  adminContract('Kafka 3.9 with ZooKeeper, SCRAM, TLS and ACLs', async () => {
    await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
    const cluster = await startSecured(zookeeper, '3.9.2', temporaryFolder('zookeeper'));
    clusters.push(cluster);
    return subjectOf(cluster);
  });
});
