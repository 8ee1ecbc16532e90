import { afterEach, expect, it } from '@jest/globals';
import type { Environment } from '../../../lib/model';
import type { KafkaVersion } from '../../support/kafka/jars';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';
import { brokerPool, environmentOf, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import { LocalCluster, THROW_AWAY } from '../../support/runtime/local-cluster';
import { scramSettings } from '../../support/runtime/secured-client';
import { temporaryFolders } from '../../support/temporary-folder';

const scram = {
  listeners: [...securedListeners],
  interBrokerListener: 'CLIENT',
  authorization: 'acl',
  monitoring: { enabled: false },
} as const;

const zookeeper = environmentOf({
  ...scram,
  // Rendered for 3.5, whose ZooKeeper reads no passwords from files: the start script puts them among its settings.
  kafka: { version: '3.5.2' },
  listeners: [...securedListeners],
  metadata: { mode: 'zookeeper', security: 'mtls', ensemble: { ...zookeeperEnsemble, ids: [1] } },
  nodePools: [{ ...brokerPool, ids: [1, 2] }],
});

const kraft = environmentOf({
  ...scram,
  kafka: { version: '4.3.1' },
  listeners: [...securedListeners],
  metadata: { mode: 'kraft', security: 'mtls' },
  nodePools: [
    { ...brokerPool, name: 'both', ids: [1], roles: ['broker', 'controller'] },
    { ...brokerPool, ids: [2] },
  ],
});

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'brokers that log in to each other with SCRAM', () => {
  const temporaryFolder = temporaryFolders();
  const clusters: LocalCluster[] = [];
  afterEach(async () => {
    await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
  });

  it.each<{ title: string; version: KafkaVersion; environment: Environment }>([
    { title: 'with ZooKeeper', version: '3.9.2', environment: zookeeper },
    { title: 'with KRaft', version: '4.3.1', environment: kraft },
  ])('have their own user before the first of them starts, and keep it when all start again: $title', async ({ version, environment }) => {
    const cluster = await LocalCluster.prepare(environment, version, temporaryFolder('scram'));
    clusters.push(cluster);
    await cluster.start();
    const { tools } = cluster;
    const login = await cluster.clientFile('broker', scramSettings('test-broker', THROW_AWAY));
    const server = ['--bootstrap-server', cluster.bootstrap('CLIENT'), '--command-config', login];
    const inSync = () =>
      waitFor('both copies are in sync', async () =>
        /Isr: (1,2|2,1)\b/.test(await tools.run('topics', [...server, '--describe', '--topic', 'orders'])),
      );
    await tools.run('topics', [...server, '--create', '--topic', 'orders', '--replication-factor', '2']);
    await inSync();

    expect(new Set(await cluster.stop())).toEqual(new Set([143]));
    await cluster.start();
    await inSync();
    expect(await cluster.commandLines()).not.toContain(THROW_AWAY);
    expect(cluster.output()).not.toContain(THROW_AWAY);
    expect(await cluster.leftovers()).toEqual([]);
  });
});
