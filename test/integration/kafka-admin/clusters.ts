import { type Connection, clientFor, clientsFor, recordLogFor } from '../../../lib/kafka';
import { brokersOf, type Environment, type EnvironmentInput } from '../../../lib/model';
import type { KafkaVersion } from '../../support/kafka/jars';
import { waitFor } from '../../support/kafka/wait-for';
import { brokerPool, environmentOf, zookeeperEnsemble } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';
import type { Subject } from './contract';
import type { RecordLogSubject } from './record-log-contract';

const secured = {
  listeners: [{ name: 'CLIENT', port: 9092, security: 'scram', mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-512'] }],
  authorization: 'acl',
  monitoring: { enabled: false },
} satisfies Partial<EnvironmentInput>;

/** A ZooKeeper and two brokers, secured. */
export const zookeeper = environmentOf({
  ...secured,
  kafka: { version: '3.9.2' },
  metadata: { mode: 'zookeeper', security: 'mtls', ensemble: { ...zookeeperEnsemble, ids: [1] } },
  nodePools: [{ ...brokerPool, ids: [1, 2] }],
});

/** Two brokers, one of them a controller too, secured. */
export const kraft = environmentOf({
  ...secured,
  kafka: { version: '4.3.1' },
  metadata: { mode: 'kraft', security: 'mtls' },
  nodePools: [
    { ...brokerPool, name: 'both', ids: [1], roles: ['broker', 'controller'] },
    { ...brokerPool, ids: [2] },
  ],
});

/** Starts a secured cluster; the convergence's certificate is its administrator. */
export async function startSecured(environment: Environment, version: KafkaVersion, folder: string): Promise<LocalCluster> {
  const cluster = await LocalCluster.prepare(environment, version, folder);
  await cluster.start();
  await everyBrokerKnowsAll(cluster);
  return cluster;
}

/** A broker serves before it has heard of those that came a moment later: with ZooKeeper the controller tells it of them. */
async function everyBrokerKnowsAll(cluster: LocalCluster): Promise<void> {
  const { bootstrapServers, tls } = await administrator(cluster);
  for (const server of bootstrapServers) {
    const admin = clientFor({ bootstrapServers: [server], tls });
    await waitFor(`${server} knows all brokers`, async () => {
      const { brokers } = await admin.cluster();
      return brokers.length === bootstrapServers.length;
    }).finally(() => admin.close());
  }
}

/** How the administrator of a secured cluster connects. */
export async function administrator(cluster: LocalCluster): Promise<Connection> {
  const { environment } = cluster;
  const tls = await cluster.pemOf('convergence');
  return { bootstrapServers: cluster.bootstrap(environment.interBrokerListener).split(','), tls };
}

export async function recordLogSubjectOf(cluster: LocalCluster): Promise<RecordLogSubject> {
  const connection = await administrator(cluster);
  return { ...clientsFor(connection), other: recordLogFor(connection) };
}

/** Clients of a running secured cluster: the administrator by its certificate, users by SCRAM. */
export async function subjectOf(cluster: LocalCluster): Promise<Subject> {
  const { environment } = cluster;
  const tls = await cluster.pemOf('convergence');
  return {
    admin: clientFor(await administrator(cluster)),
    login: (user, password, mechanism) =>
      clientFor({
        bootstrapServers: cluster.bootstrap('CLIENT').split(','),
        tls: { ca: tls.ca },
        scram: { user, password, mechanism },
        connectTimeoutMs: 5_000,
      }),
    brokers: brokersOf(environment).map(({ id }) => id),
    metadata: environment.metadata.mode,
  };
}
