import {
  type ApplyOptions,
  type ApplyPorts,
  type ApplyResult,
  apply,
  clusterRecord,
  type Desired,
  desiredOf,
  type Plan,
  planWithImpact,
  readLive,
} from '../../../lib/converge';
import { clientFor, type KafkaAdmin, recordLogFor } from '../../../lib/kafka';
import type { Environment, EnvironmentInput } from '../../../lib/model';
import { environmentOf as committed } from '../../environments/environments';
import { brokerPool, environmentOf, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { administrator } from '../kafka-admin/clusters';

/** The topics of a committed environment, on as many brokers as there are here. */
function topicsOf(id: string): EnvironmentInput['topics'] {
  return Object.fromEntries(
    committed(id).topics.map(({ name, partitions, config }) => [
      name,
      { partitions: Math.min(partitions, 6), replicationFactor: 2, config: { ...config, 'min.insync.replicas': 1 } },
    ]),
  );
}

const model = {
  listeners: [...securedListeners],
  authorization: 'acl',
  monitoring: { enabled: false },
  topics: topicsOf('tda/development'),
  serviceAccounts: { worker: {}, reader: { authentication: 'scram-sha-256' } },
  access: [
    { intent: 'producer', principal: 'worker', topics: ['tda_*'], transactionalIds: ['worker-*'] },
    { intent: 'consumer', principal: 'reader', topics: ['tda_jobs', 'tda_results'], groups: ['reader'] },
    { intent: 'raw', principal: 'reader', permission: 'DENY', resourceType: 'TOPIC', resourceName: 'secret', operations: ['ALL'] },
  ],
  quotas: [
    { user: 'reader', consumerByteRate: 1_000_000 },
    { clientId: 'default', requestPercentage: 150 },
  ],
  convergence: { deleteTopics: true },
} as const satisfies Partial<EnvironmentInput>;

const shapes = {
  zookeeper: {
    // ZooKeeper's cluster makes its id itself: development goes without until it is pinned.
    clusterId: undefined,
    kafka: {
      version: '3.9.2',
      config: { 'offsets.topic.replication.factor': 1, 'transaction.state.log.replication.factor': 1, 'transaction.state.log.min.isr': 1 },
    },
    metadata: { mode: 'zookeeper', security: 'mtls', ensemble: { ...zookeeperEnsemble, ids: [1] } },
    nodePools: [{ ...brokerPool, ids: [1, 2] }],
  },
  kraft: {
    kafka: {
      version: '4.3.1',
      config: { 'offsets.topic.replication.factor': 1, 'transaction.state.log.replication.factor': 1, 'transaction.state.log.min.isr': 1 },
    },
    metadata: { mode: 'kraft', security: 'mtls' },
    nodePools: [
      { ...brokerPool, name: 'both', ids: [1], roles: ['broker', 'controller'] },
      { ...brokerPool, ids: [2] },
    ],
  },
} as const;

/** The environment of the suite with something changed. */
export function environmentFor(mode: keyof typeof shapes, change: Partial<EnvironmentInput> = {}): Environment {
  return environmentOf({ ...structuredClone(shapes[mode]), ...structuredClone(model), ...change } as Parameters<typeof environmentOf>[0]);
}

/** Everything that a run needs of a real cluster. */
export interface Session {
  readonly admin: KafkaAdmin;
  readonly ports: ApplyPorts;
  readonly secrets: Map<string, string>;
  plan(desired: Desired): Promise<Plan>;
  converge(environment: Environment, options?: ApplyOptions): Promise<ApplyResult>;
  requests(): number;
  close(): Promise<void>;
}

export async function sessionOn(cluster: LocalCluster): Promise<Session> {
  const connection = await administrator(cluster);
  const [admin, log] = [clientFor(connection), recordLogFor(connection)];
  const secrets = new Map([
    ['worker-password', 'w0rker-password-of-a-test'],
    ['reader-password', 'r3ader-password-of-a-test'],
  ]);
  const { ownership, lock } = clusterRecord(log, admin, cluster.environment.name);
  const ports: ApplyPorts = { admin, ownership, lock, secrets: { read: async (name) => secrets.get(name) } };
  const plan = async (desired: Desired) => planWithImpact(desired, await readLive(desired, ports), admin);
  return {
    admin,
    ports,
    secrets,
    plan,
    converge: async (environment, options = {}) => apply(await plan(desiredOf(environment)), ports, options),
    requests: () => admin.requestsSent() + log.requestsSent(),
    close: async () => {
      await Promise.all([admin.close(), log.close()]);
    },
  };
}
