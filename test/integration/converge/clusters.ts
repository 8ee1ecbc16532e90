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
import { type Connection, clientsFor, type KafkaAdmin, type RecordLog } from '../../../lib/kafka';
import type { Environment, EnvironmentInput } from '../../../lib/model';
import { environmentOf as committed, concreteIds } from '../../environments/environments';
import { RequestProxies } from '../../support/kafka/request-proxies';
import { brokerPool, environmentOf, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';
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

/** A door without a login, whose visitors are super users: what goes through it can be read by a proxy. */
const besideListener = { name: 'BESIDE', port: 9192, security: 'plaintext' } as const;

const [clientListener] = securedListeners;

const model = {
  listeners: [{ ...clientListener, mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-512'] }, besideListener],
  authorization: 'acl',
  // Those of the committed environments too, so that their accounts are here what they are there.
  superUsers: ['ANONYMOUS', ...new Set(concreteIds().flatMap((id) => committed(id).superUsers))],
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

/** Three copies, so that each broker can be done without; few partitions, so that they are there soon. */
const brokerSettings = {
  'offsets.topic.num.partitions': 3,
  'offsets.topic.replication.factor': 3,
  'transaction.state.log.num.partitions': 3,
  'transaction.state.log.replication.factor': 3,
  'transaction.state.log.min.isr': 2,
  'group.initial.rebalance.delay.ms': 0,
  // As some of the committed environments have it: what the convergence keeps there must be readable all the same.
  'compression.type': 'lz4',
} as const;

const shapes = {
  zookeeper: {
    // ZooKeeper's cluster makes its id itself: development goes without until it is pinned.
    clusterId: undefined,
    kafka: { version: '3.9.2', config: brokerSettings },
    metadata: { mode: 'zookeeper', security: 'mtls', ensemble: { ...zookeeperEnsemble, ids: [1] } },
    nodePools: [{ ...brokerPool, ids: [1, 2, 3] }],
  },
  kraft: {
    kafka: { version: '4.3.1', config: brokerSettings },
    metadata: { mode: 'kraft', security: 'mtls' },
    nodePools: [{ ...brokerPool, name: 'both', ids: [1, 2, 3], roles: ['broker', 'controller'] }],
  },
} as const;

/** How the metadata of a cluster is kept. */
export type Mode = keyof typeof shapes;

export const versions = { zookeeper: '3.9.2', kraft: '4.3.1' } as const;

/** The environment of the suite with something changed. */
export function environmentFor(mode: Mode, change: Partial<EnvironmentInput> = {}): Environment {
  return environmentOf({ ...structuredClone(shapes[mode]), ...structuredClone(model), ...change } as Parameters<typeof environmentOf>[0]);
}

/** A running cluster with proxies before its plain door. */
export interface Stand {
  readonly cluster: LocalCluster;
  readonly proxies: RequestProxies;
  stop(): Promise<void>;
}

/** Starts the cluster of an environment. */
export async function standUp(environment: Environment, folder: string): Promise<Stand> {
  const cluster = await LocalCluster.prepare(environment, versions[environment.metadata.mode], folder);
  const proxies = await RequestProxies.before(cluster.bootstrap(besideListener.name).split(','));
  await cluster.advertise(besideListener.name, proxies.addresses);
  const stop = async () => {
    await proxies.close();
    await cluster.stop();
  };
  try {
    await cluster.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { cluster, proxies, stop };
}

/** Everything that a run needs of a real cluster. */
export interface Session {
  readonly admin: KafkaAdmin;
  readonly log: RecordLog;
  readonly ports: ApplyPorts;
  readonly secrets: Map<string, string>;
  plan(desired: Desired): Promise<Plan>;
  converge(environment: Environment, options?: ApplyOptions): Promise<ApplyResult>;
  /** Plans and applies; @throws unless all of it was done. */
  apply(desired: Desired, options?: ApplyOptions): Promise<void>;
  requests(): number;
  close(): Promise<void>;
}

/** @default - the administrator of the suite's environment, by its certificate */
export interface SessionOptions {
  readonly connection?: Connection;
  readonly environment?: string;
  readonly secrets?: Map<string, string>;
}

/** Who may do everything: by a certificate, where anybody asks. */
async function ownerOf(cluster: LocalCluster): Promise<Connection> {
  const { environment } = cluster;
  const plain = environment.listeners.every(({ security }) => security === 'plaintext');
  return plain ? { bootstrapServers: cluster.bootstrap(environment.interBrokerListener).split(',') } : administrator(cluster);
}

export async function sessionOn(cluster: LocalCluster, options: SessionOptions = {}): Promise<Session> {
  const { connection = await ownerOf(cluster), environment = cluster.environment.name } = options;
  const { admin, log } = clientsFor(connection);
  const {
    secrets = new Map([
      ['worker-password', 'w0rker-password-of-a-test'],
      ['reader-password', 'r3ader-password-of-a-test'],
    ]),
  } = options;
  const { ownership, lock } = clusterRecord(log, admin, environment);
  const ports: ApplyPorts = { admin, ownership, lock, secrets: { read: async (name) => secrets.get(name) } };
  const planned = async (desired: Desired) => {
    const live = await readLive(desired, ports);
    return { live, plan: await planWithImpact(desired, live, admin) };
  };
  const applied = async (desired: Desired, consent: ApplyOptions) => {
    const { live, plan } = await planned(desired);
    return apply(plan, ports, { ...consent, live });
  };
  return {
    admin,
    log,
    ports,
    secrets,
    plan: async (desired) => (await planned(desired)).plan,
    converge: async (wanted, consent = {}) => applied(desiredOf(wanted), consent),
    apply: async (desired, consent = {}) => {
      const { outcomes, interruption = 'no interruption' } = await applied(desired, consent);
      const left = outcomes.filter(({ status }) => status !== 'done');
      if (left.length > 0) throw new Error(`not done, ${interruption}: ${JSON.stringify(left)}`);
    },
    requests: () => admin.requestsSent(),
    close: async () => {
      await Promise.all([admin.close(), log.close()]);
    },
  };
}
