import { type ApplyPorts, clusterRecord } from '../../../lib/converge';
import { type Connection, clientFor, type KafkaAdmin, recordLogFor } from '../../../lib/kafka';
import type { Environment, EnvironmentInput } from '../../../lib/model';
import { brokerPool, combinedPool, environmentOf, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';

const alone = { 'offsets.topic.replication.factor': 1, 'transaction.state.log.replication.factor': 1, 'transaction.state.log.min.isr': 1 };

const model = {
  listeners: [...securedListeners],
  authorization: 'acl',
  monitoring: { enabled: false },
  topics: {
    orders: { partitions: 3, replicationFactor: 1, config: { 'retention.ms': 86_400_000, 'cleanup.policy': 'compact' } },
    payments: { partitions: 2, replicationFactor: 1, config: { 'min.insync.replicas': 1 } },
  },
  serviceAccounts: { worker: {} },
  access: [{ intent: 'producer', principal: 'worker', topics: ['ord*'] }],
  quotas: [{ user: 'worker', consumerByteRate: 1_000_000 }],
  backup: { metadata: {} },
} as const satisfies Partial<EnvironmentInput>;

/** The environment of the suite: one broker, so that two clusters fit beside each other. */
export function environmentFor(mode: 'kraft' | 'zookeeper'): Environment {
  const shape =
    mode === 'kraft'
      ? {
          kafka: { version: '4.3.1', config: alone },
          metadata: { mode, security: 'mtls' as const },
          nodePools: [{ ...combinedPool, ids: [1], roles: ['broker' as const, 'controller' as const] }],
        }
      : {
          // ZooKeeper's cluster makes its id itself: development goes without until it is pinned.
          clusterId: undefined,
          kafka: { version: '3.9.2', config: alone },
          metadata: { mode, security: 'mtls' as const, ensemble: { ...zookeeperEnsemble, ids: [1] } },
          nodePools: [{ ...brokerPool, ids: [1] }],
        };
  return environmentOf({ ...shape, ...structuredClone(model) } as Parameters<typeof environmentOf>[0]);
}

/** A running cluster, its administrator, and the account of its backup. */
export interface Running {
  readonly cluster: LocalCluster;
  readonly ports: ApplyPorts;
  readonly backupAccount: KafkaAdmin;
  close(): Promise<void>;
}

export async function start(environment: Environment, version: '3.9.2' | '4.3.1', folder: string): Promise<Running> {
  const cluster = await LocalCluster.prepare(environment, version, folder);
  try {
    await cluster.start();
  } catch (error) {
    // Nobody else knows of what has started of it.
    await cluster.stop();
    throw error;
  }
  const connection = async (owner: 'convergence' | 'backup'): Promise<Connection> => ({
    bootstrapServers: cluster.bootstrap(environment.interBrokerListener).split(','),
    tls: await cluster.pemOf(owner),
  });
  const own = await connection('convergence');
  const [admin, log, backupAccount] = [clientFor(own), recordLogFor(own), clientFor(await connection('backup'))];
  const secrets = new Map([['worker-password', 'w0rker-password-of-a-test']]);
  const ports = { admin, ...clusterRecord(log, admin, environment.name), secrets: { read: async (name: string) => secrets.get(name) } };
  return {
    cluster,
    ports,
    backupAccount,
    close: async () => {
      await Promise.all([admin.close(), log.close(), backupAccount.close()]);
      await cluster.stop();
    },
  };
}
