/** A secured production cluster on KRaft that serves both platforms, with something of everything, and nothing wrong with it. */
const onKraft = {
  name: 'orders-production',
  kind: 'production',
  clusterId: 'MkU3OEVBNTcwNTJENDM2Qg',
  kafka: { version: '3.9.2', config: { 'min.insync.replicas': 2, 'num.io.threads': 8, 'default.replication.factor': 3 } },
  metadata: { mode: 'kraft', security: 'mtls' },
  nodePools: [
    { name: 'controllers', roles: ['controller'], ids: [100, 101, 102], memory: '2Gi', disks: [{ name: 'data', size: '20Gi' }] },
    pool('brokers-a', 'a', 0),
    pool('brokers-b', 'b', 1),
    pool('brokers-c', 'c', 2),
  ],
  listeners: [
    { name: 'INTERNAL', port: 9092, security: 'scram' },
    { name: 'ADMIN', port: 9095, security: 'mtls' },
    { name: 'EXTERNAL', port: 9094, security: 'scram', scope: 'external' },
  ],
  authorization: 'acl',
  superUsers: ['operator'],
  security: { encryptionRequired: true, auditLogging: true, ipAllowlists: { everybody: ['0.0.0.0/0'], office: ['192.0.2.7'] } },
  topics: {
    orders: {
      partitions: 12,
      config: { 'retention.ms': 604_800_000, 'cleanup.policy': 'delete' },
      load: { messagesPerSecond: 1000, messageBytes: 500 },
      schema: { valueSchema: 'order' },
    },
    customers: { partitions: 6, config: { 'cleanup.policy': 'compact' } },
  },
  protectedTopics: ['orders'],
  schemas: { order: { references: [{ name: 'money', schema: 'money' }] }, money: {} },
  serviceAccounts: {
    shop: {},
    billing: {},
    report: { ipAllowlists: ['office'] },
    operator: { authentication: 'mtls' },
    'kafka-ui': {},
  },
  userGroups: { analysts: { members: ['billing', 'report'] } },
  topicAccess: {
    orders: {
      producers: [{ principal: 'User:shop' }],
      consumers: [{ principal: 'User:billing', consumerGroups: ['billing'] }],
    },
  },
  access: [
    { intent: 'consumer', principal: 'Group:analysts', topics: ['customers'], groups: ['analysts-*'] },
    { intent: 'admin', principal: 'User:operator' },
    { intent: 'raw', principal: 'User:shop', resourceType: 'CLUSTER', resourceName: 'kafka-cluster', operations: ['DESCRIBE'] },
  ],
  quotas: [{ user: 'report', consumerByteRate: 1_000_000 }],
  clients: { bulk: { producer: { 'linger.ms': 20, acks: 'all' }, consumer: { 'fetch.min.bytes': 1000 } } },
  monitoring: { thresholds: { consumerLagWarning: 1000, consumerLagCritical: 10_000 } },
  companions: { kafkaUi: {}, grafana: {} },
  platform: {
    kubernetes: { listeners: { EXTERNAL: { brokerHost: 'kafka-{id}.example.com', bootstrapHost: 'kafka.example.com' } } },
    docker: { listeners: { EXTERNAL: { basePort: 19_000 } } },
  },
};

const onZookeeper = {
  metadata: {
    mode: 'zookeeper',
    security: 'mtls',
    ensemble: { ids: [1, 2, 3], zones: { 1: 'a', 2: 'b', 3: 'c' }, memory: '2Gi', disks: [{ name: 'data', size: '20Gi' }] },
  },
  nodePools: onKraft.nodePools.slice(1),
};

function pool(name: string, zone: string, id: number) {
  return { name, zone, ids: [id], memory: '16Gi', disks: [{ name: 'data', size: '1T' }] };
}

/** Values by their place, steps separated by slashes; undefined removes. */
export type Change = Readonly<Record<string, unknown>>;

/** The good environment as a file would say it, with some values changed. */
export function environmentWith(change: Change = {}, metadata: 'kraft' | 'zookeeper' = 'kraft'): unknown {
  const value: unknown = structuredClone(metadata === 'kraft' ? onKraft : { ...onKraft, ...onZookeeper });
  for (const [place, replacement] of Object.entries(change)) put(value, place.split('/'), replacement);
  return value;
}

function put(target: unknown, [step = '', ...rest]: readonly string[], replacement: unknown): void {
  const map = target as Record<string, unknown>;
  if (rest.length > 0) {
    map[step] ??= {};
    put(map[step], rest, replacement);
  } else if (replacement === undefined) delete map[step];
  else map[step] = replacement;
}
