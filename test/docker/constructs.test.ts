import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { describe, expect, it } from '@jest/globals';
import { TerraformStack } from 'cdktf';
import { Construct, RootConstruct } from 'constructs';
import * as docker from '../../lib/docker';
import {
  AclPolicy,
  KafkaCluster,
  type KafkaClusterProps,
  Monitoring,
  TopicSet,
  terraformJson,
  ZookeeperEnsemble,
  type ZookeeperEnsembleProps,
} from '../../lib/docker';
import * as kubernetes from '../../lib/kubernetes';
import { container, list, ofType, type Terraform, uploaded } from '../support/docker/terraform';

const disks = [{ name: 'data', size: '10Gi' }];
const ensemble: ZookeeperEnsembleProps = { name: 'orders', kind: 'development', ids: [1, 2, 3], memory: '1Gi', disks };
const plain: Omit<KafkaClusterProps, 'metadata'> = {
  name: 'orders',
  kind: 'development',
  kafka: { version: '3.9.2' },
  nodePools: [{ name: 'kafka', ids: [1, 2, 3], memory: '2Gi', disks }],
  listeners: [{ name: 'INTERNAL', port: 9092, security: 'plaintext' }],
};

function stack(): TerraformStack {
  const made = new TerraformStack(new RootConstruct(), 'stack');
  new DockerProvider(made, 'docker', {});
  return made;
}

const synth = (target: TerraformStack) => JSON.parse(terraformJson(target)) as Terraform;

function withZookeeper(target: Construct, props: Partial<KafkaClusterProps> = {}): KafkaCluster {
  const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', ensemble);
  return new KafkaCluster(target, 'Kafka', { ...plain, metadata: zookeeper, ...props });
}

describe('the constructs of both platforms', () => {
  it('bear the same names', () => {
    const classes = ['AclPolicy', 'Companions', 'KafkaCluster', 'Monitoring', 'TopicSet', 'ZookeeperEnsemble', 'TopicGrants'];
    for (const name of classes) {
      expect(Object.keys(docker)).toContain(name);
      expect(Object.keys(kubernetes)).toContain(name);
    }
  });

  it('take the same properties', () => {
    const forDocker: KafkaClusterProps = { ...plain, metadata: { mode: 'kraft' } };
    const forKubernetes: kubernetes.KafkaClusterProps = { ...plain, metadata: { mode: 'kraft' } };
    const server: kubernetes.ZookeeperEnsembleProps = ensemble;
    expect([forDocker, server]).toEqual([forKubernetes, ensemble]);
  });
});

describe('the constructs in a stack of somebody else', () => {
  it('run a cluster on an ensemble in one network', () => {
    const target = stack();
    withZookeeper(target);
    const config = synth(target);
    expect(ofType(config, 'docker_network').map(([, { name }]) => name)).toEqual(['orders-kafka']);
    expect(uploaded(container(config, 'kafka-1'), '/etc/kafkon/server.properties')).toContain(
      'zookeeper.connect=zookeeper-1:2181,zookeeper-2:2181,zookeeper-3:2181\n',
    );
  });

  it('join the network of an ensemble that is elsewhere', () => {
    const target = stack();
    const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', {
      ...ensemble,
      platform: { docker: { network: 'quorum', hostnames: { zookeeper: 'zk{id}' } } },
    });
    new KafkaCluster(target, 'Kafka', { ...plain, metadata: zookeeper });
    const broker = container(synth(target), 'kafka-1');
    expect(list(broker, 'networks_advanced').map(({ name }) => name)).toEqual([
      '$' + '{docker_network.orders-kafka.id}',
      '$' + '{docker_network.quorum.id}',
    ]);
    expect(uploaded(broker, '/etc/kafkon/server.properties')).toContain('zookeeper.connect=zk1:2181,');
  });

  it('keep every name when they move in the tree', () => {
    const flat = stack();
    withZookeeper(flat);
    const deep = stack();
    withZookeeper(new Construct(new Construct(deep, 'platform'), 'kafka'));
    expect(synth(deep)).toEqual(synth(flat));
  });

  it('make what the stack of the whole environment makes', () => {
    const target = stack();
    const cluster = withZookeeper(target);
    if (cluster.environment === undefined) throw new Error('no environment');
    const whole = JSON.parse(docker.terraformOf(cluster.environment).get('cdk.tf.json') ?? '') as Terraform;
    expect(synth(target).resource).toEqual(whole.resource);
  });

  it('add topics and grants to the desired state and to no resource', () => {
    const bare = stack();
    withZookeeper(bare);
    const target = stack();
    const cluster = withZookeeper(target);
    const topics = new TopicSet(target, 'Topics', { cluster, topics: { orders: { partitions: 6 } } });
    new AclPolicy(target, 'Accounts', { cluster, serviceAccounts: { checkout: {} } });
    topics.grantProduce('User:checkout');
    expect(synth(target)).toEqual(synth(bare));
    expect(cluster.environment?.topics.map(({ name }) => name)).toEqual(['orders']);
    expect(cluster.environment?.access).toEqual([
      { intent: 'producer', principal: 'User:checkout', topics: ['orders'], transactionalIds: [] },
    ]);
  });

  it('run the Prometheus of a cluster with thresholds of their own', () => {
    const target = stack();
    const cluster = withZookeeper(target, { companions: { prometheus: {}, lagExporter: {} } });
    new Monitoring(target, 'Monitoring', { cluster, thresholds: { consumerLagCritical: 123_456 } });
    const config = synth(target);
    expect(uploaded(container(config, 'prometheus'), '/etc/kafkon/alert-rules.yml')).toContain('123456');
    expect(ofType(config, 'docker_container').map(([, { name }]) => name)).toContain('orders-monitoring-prepare');
  });

  it('report every problem with the path of its construct, all at once', () => {
    const target = stack();
    const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', { ...ensemble, ids: [] });
    const cluster = withZookeeper(new Construct(target, 'second'), { kafka: { version: '3.9' } });
    new TopicSet(target, 'Topics', {
      cluster: withZookeeper(new Construct(target, 'third'), { name: 'third' }),
      topics: { orders: { replicationFactor: 9 } },
    });
    expect(zookeeper.environment).toBeUndefined();
    expect(cluster.environment).toBeUndefined();
    const text = (() => {
      try {
        synth(target);
        return '';
      } catch (error) {
        return String(error);
      }
    })();
    expect(text).toMatch(/\[stack\/Zookeeper\] ids: /);
    expect(text).toMatch(/\[stack\/second\/Kafka\] kafka\.version: /);
    expect(text).toMatch(/\[stack\/Topics\] topics\.orders\.replicationFactor: /);
  });

  it('refuse to publish one port twice', () => {
    const target = stack();
    withZookeeper(target, {
      listeners: [
        { name: 'INTERNAL', port: 29_092, security: 'plaintext' },
        { name: 'EXTERNAL', port: 9092, security: 'plaintext', scope: 'external' },
      ],
    });
    expect(() => synth(target)).toThrow(/set basePort.*docker\/port-collision/);
  });
});
