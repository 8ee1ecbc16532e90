import { describe, expect, it } from '@jest/globals';
import { StrimziChart } from '../../../lib/kubernetes';
import type { EnvironmentInput } from '../../../lib/model';
import { app, at, environmentOf, items, type Manifest, named, ofKind, synth } from '../manifests';

const size = {
  memory: '4Gi',
  disks: [
    { name: 'data-0', size: '100Gi' },
    { name: 'data-1', size: '100Gi' },
  ],
};

const operated: EnvironmentInput = {
  name: 'Orders',
  kind: 'production',
  kafka: {
    version: '4.3.1',
    config: { 'num.io.threads': 16, 'min.insync.replicas': 2 },
    jvmOptions: ['-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-Da=b'],
  },
  metadata: { mode: 'kraft' },
  nodePools: [
    { name: 'controllers', roles: ['controller'], ids: [100, 101, 102], memory: '2Gi', disks: [{ name: 'data', size: '20Gi' }] },
    { name: 'brokers-a', zone: 'a', ids: [0], ...size },
    { name: 'brokers-b', zone: 'b', ids: [1], ...size },
    { name: 'brokers-c', zone: 'c', ids: [2], ...size },
  ],
  listeners: [
    { name: 'INTERNAL', port: 9092, security: 'scram' },
    { name: 'SERVICES', port: 9096, security: 'mtls' },
    { name: 'EXTERNAL', port: 9094, security: 'scram', scope: 'external', allowFrom: ['192.0.2.0/24'] },
  ],
  authorization: 'acl',
  superUsers: ['operator'],
  topics: { orders: { partitions: 12, config: { 'retention.ms': 1000 } }, Audit_Log: { partitions: 6 } },
  serviceAccounts: { shop: {}, operator: { authentication: 'mtls' }, 'kafka-ui': {}, connect: {}, 'mirror-maker': {} },
  access: [
    { intent: 'producer', principal: 'User:shop', topics: ['orders-*', 'orders'] },
    {
      intent: 'raw',
      principal: 'User:shop',
      permission: 'DENY',
      resourceType: 'CLUSTER',
      resourceName: 'kafka-cluster',
      operations: ['ALTER_CONFIGS', 'DESCRIBE_CONFIGS'],
    },
  ],
  quotas: [
    { user: 'shop', producerByteRate: 1000 },
    { user: 'default', consumerByteRate: 5000 },
  ],
  companions: {
    kafkaUi: {},
    connect: { replicas: 2 },
    mirrorMaker: { remote: { alias: 'backup', bootstrapServers: ['backup.example.com:9093'], security: 'tls' } },
  },
  convergence: { topics: 'operator' },
  platform: {
    kubernetes: {
      flavor: 'strimzi',
      storageClass: 'fast',
      clientNamespaces: ['partners'],
      listeners: { EXTERNAL: { bootstrapHost: 'kafka.example.com', brokerHost: 'kafka-{id}.example.com' } },
    },
  },
};

const made = (change: Partial<EnvironmentInput> = {}): readonly Manifest[] =>
  synth(new StrimziChart(app(), 'chart', { environment: environmentOf({ ...operated, ...change }) }));
const manifests = made();
const kafka = named(manifests, 'Kafka', 'kafka').spec;
const names = (kind: string, of = manifests) => ofKind(of, kind).map(({ metadata }) => metadata.name);

describe('an environment that Strimzi runs', () => {
  it('has pools with the ids of the model, not counted ones', () => {
    const ids = ofKind(manifests, 'KafkaNodePool').map(({ metadata }) => [
      metadata.name,
      metadata.annotations?.['strimzi.io/next-node-ids'],
    ]);
    expect(ids).toEqual([
      ['controllers', '[100,101,102]'],
      ['brokers-a', '[0]'],
      ['brokers-b', '[1]'],
      ['brokers-c', '[2]'],
    ]);
  });

  it('numbers volumes by their names and never deletes a claim', () => {
    const pool = named(manifests, 'KafkaNodePool', 'brokers-a').spec;
    const volume = { type: 'persistent-claim', size: '100Gi', class: 'fast', deleteClaim: false };
    expect(at(pool, 'storage')).toEqual({
      type: 'jbod',
      volumes: [
        { id: 0, ...volume, kraftMetadata: 'shared' },
        { id: 1, ...volume },
      ],
    });
  });

  it('gives the JVM its heap and its options', () => {
    expect(at(named(manifests, 'KafkaNodePool', 'brokers-a').spec, 'jvmOptions')).toEqual({
      '-Xms': '2048m',
      '-Xmx': '2048m',
      '-XX': { UseG1GC: 'true', MaxGCPauseMillis: '20' },
      javaSystemProperties: [{ name: 'a', value: 'b' }],
    });
  });

  it('tells brokers their zone by a variable, and keeps pods of a role apart by the labels of the operator', () => {
    const { spec } = named(manifests, 'KafkaNodePool', 'brokers-b');
    expect(at(spec, 'template', 'kafkaContainer', 'env')).toEqual([{ name: 'KAFKON_ZONE', value: 'b' }]);
    expect(at(kafka, 'kafka', 'rack')).toEqual({ type: 'environment-variable', envVarName: 'KAFKON_ZONE' });
    const apart = ['template', 'pod', 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 0];
    expect(at(spec, ...apart, 'labelSelector', 'matchLabels')).toEqual({
      'strimzi.io/cluster': 'kafka',
      'strimzi.io/name': 'kafka-kafka',
      'strimzi.io/broker-role': 'true',
    });
  });

  it('opens the listeners of the model, less the one among brokers, each with its security', () => {
    const listeners = items(kafka, 'kafka', 'listeners').map((each) =>
      ['name', 'port', 'type', 'tls', 'authentication'].map((key) => at(each, key)),
    );
    expect(listeners).toEqual([
      ['internal', 9092, 'internal', true, { type: 'scram-sha-512' }],
      ['services', 9096, 'internal', true, { type: 'tls' }],
      ['external', 9094, 'loadbalancer', true, { type: 'scram-sha-512' }],
    ]);
  });

  it('lets in whom the model lets in', () => {
    const peers = items(kafka, 'kafka', 'listeners').map((each) => at(each, 'networkPolicyPeers'));
    const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    expect(peers[0]).toEqual([namespace('orders'), namespace('partners')]);
    expect(peers[2]).toEqual([{ ipBlock: { cidr: '192.0.2.0/24' } }]);
    expect(at(kafka, 'kafka', 'listeners', 2, 'configuration')).toEqual({
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['192.0.2.0/24'],
      bootstrap: { alternativeNames: ['kafka.example.com'] },
      advertisedHostTemplate: 'kafka-{nodeId}.example.com',
    });
  });

  it('has the settings that the plain flavour would have, less those that the operator makes', () => {
    const config = at(kafka, 'kafka', 'config') as Record<string, unknown>;
    expect(config).toMatchObject({ 'num.io.threads': 16, 'min.insync.replicas': 2, 'offsets.topic.replication.factor': 3 });
    expect(
      Object.keys(config).filter((key) => /^(listener|advertised|ssl|sasl|node\.id|log\.dir|config\.providers|super)/.test(key)),
    ).toEqual([]);
  });

  it('has an account for each, with its grants and its quota, and no password', () => {
    const { spec } = named(manifests, 'KafkaUser', 'shop');
    expect(spec).toEqual({
      authentication: { type: 'scram-sha-512', password: { valueFrom: { secretKeyRef: { name: 'kafka-secrets', key: 'shop-password' } } } },
      quotas: { producerByteRate: 1000 },
      authorization: { type: 'simple', acls: expect.any(Array) },
    });
    expect(items(spec, 'authorization', 'acls')).toEqual(
      expect.arrayContaining([
        { type: 'deny', resource: { type: 'cluster' }, host: '*', operations: ['AlterConfigs', 'DescribeConfigs'] },
        {
          type: 'allow',
          resource: { type: 'topic', name: 'orders-', patternType: 'prefix' },
          host: '*',
          operations: ['Describe', 'Write'],
        },
      ]),
    );
    expect(at(named(manifests, 'KafkaUser', 'operator').spec, 'authentication')).toEqual({ type: 'tls' });
    expect(at(kafka, 'kafka', 'authorization', 'superUsers')).toEqual(['CN=orders-kafkon', 'CN=operator']);
    expect(at(kafka, 'kafka', 'quotas')).toEqual({ type: 'kafka', consumerByteRate: 5000 });
  });

  it('reads the same metrics under the same names', () => {
    expect(at(kafka, 'kafka', 'metricsConfig', 'valueFrom', 'configMapKeyRef')).toEqual({ name: 'kafka-metrics', key: 'exporter.yaml' });
    expect(named(manifests, 'ConfigMap', 'kafka-metrics').data['exporter.yaml']).toContain(
      'kafka_server_replicamanager_underreplicatedpartitions',
    );
    const endpoint = at(named(manifests, 'PodMonitor', 'kafka-broker').spec, 'podMetricsEndpoints', 0, 'port');
    expect(endpoint).toBe('tcp-prometheus');
  });

  it('runs Kafka Connect and MirrorMaker by resources of their own, and other companions as workloads', () => {
    expect(at(named(manifests, 'KafkaConnect', 'connect').spec, 'authentication')).toEqual({
      type: 'scram-sha-512',
      username: 'connect',
      passwordSecret: { secretName: 'kafka-secrets', password: 'connect-password' },
    });
    const mirror = named(manifests, 'KafkaMirrorMaker2', 'mirror-maker').spec;
    expect([at(mirror, 'mirrors', 0, 'source', 'alias'), at(mirror, 'target', 'alias')]).toEqual(['Orders', 'backup']);
    expect([...names('Deployment'), ...names('StatefulSet')]).toEqual(['kafka-ui']);
  });

  it('opens trust stores with the password of the operator', () => {
    const pod = at(named(manifests, 'Deployment', 'kafka-ui').spec, 'template', 'spec');
    expect(at(pod, 'volumes', 1, 'projected', 'sources')).toEqual([
      { secret: { name: 'kafka-cluster-ca-cert', items: [{ key: 'ca.p12', path: 'truststore.p12' }] } },
    ]);
    const password = items(pod, 'containers', 0, 'env').find((each) => at(each, 'name') === 'STORE_PASSWORD');
    expect(at(password, 'valueFrom', 'secretKeyRef')).toEqual({ name: 'kafka-cluster-ca-cert', key: 'ca.password' });
  });

  it('labels nothing that the operator hands down with the label by which policies fence', () => {
    for (const { kind, metadata } of manifests.filter(({ apiVersion }) => apiVersion.startsWith('kafka.strimzi.io')))
      expect([kind, Object.keys(metadata.labels ?? {}).filter((label) => label.startsWith('kafkon.dev/'))]).toEqual([kind, []]);
    expect(names('NetworkPolicy')).toEqual(['kafka-default-deny', 'kafka-kafka-ui']);
  });
});

describe('the owner of topics', () => {
  it('is the operator, with a resource for each topic, whatever its name', () => {
    expect(names('KafkaTopic')).toEqual([expect.stringMatching(/^audit-log-[0-9a-f]{8}$/), 'orders']);
    expect(ofKind(manifests, 'KafkaTopic').map(({ spec }) => at(spec, 'topicName'))).toEqual(['Audit_Log', undefined]);
    expect(at(kafka, 'entityOperator', 'topicOperator')).toEqual({});
    expect(names('Job')).toEqual([]);
  });

  it('is the convergence, which then logs in as a user of its own, and the operator of topics is not run', () => {
    const own = made({ convergence: { topics: 'kafkon' } });
    expect(names('KafkaTopic', own)).toEqual([]);
    expect(at(named(own, 'Kafka', 'kafka').spec, 'entityOperator', 'topicOperator')).toBeUndefined();
    expect(named(own, 'KafkaUser', 'orders-kafkon').spec).toEqual({ authentication: { type: 'tls' } });
    const [job] = ofKind(own, 'Job');
    const pod = JSON.stringify(job);
    expect(at(job?.spec, 'template', 'spec', 'volumes', 0, 'projected', 'sources', 1)).toEqual({
      secret: {
        name: 'orders-kafkon',
        items: [
          { key: 'user.crt', path: 'tls.crt' },
          { key: 'user.key', path: 'tls.key' },
        ],
      },
    });
    expect(pod).toContain('kafka-brokers-a-0.kafka-kafka-brokers.orders.svc.cluster.local:9096');
    expect(pod).not.toContain('shop-password');
  });
});

describe('a cluster of one broker', () => {
  it('needs no balancing', () => {
    const one = made({
      kind: 'development',
      nodePools: [{ name: 'node', roles: ['broker', 'controller'], ids: [0], memory: '2Gi', disks: [{ name: 'data', size: '10Gi' }] }],
      kafka: { version: '4.3.1' },
      topics: {},
    });
    expect(names('KafkaRebalance', one)).toEqual([]);
    expect(at(named(one, 'Kafka', 'kafka').spec, 'cruiseControl')).toBeUndefined();
    expect(names('KafkaRebalance')).toEqual(['kafka-rebalance']);
  });
});
