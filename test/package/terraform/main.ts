import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AclPolicy, KafkaCluster, Monitoring, TopicSet, ZookeeperEnsemble } from 'kafkon/docker';

export class Streaming extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new DockerProvider(this, 'docker', {});
    const zookeeper = new ZookeeperEnsemble(this, 'Zookeeper', {
      name: 'orders',
      kind: 'development',
      kafka: { version: '3.9.2' },
      ids: [1],
      memory: '1Gi',
      disks: [{ name: 'data', size: '5Gi' }],
    });
    const cluster = new KafkaCluster(this, 'Kafka', {
      name: 'orders',
      kind: 'development',
      kafka: { version: '3.9.2' },
      metadata: zookeeper,
      nodePools: [{ name: 'kafka', ids: [0, 1, 2], memory: '2Gi', disks: [{ name: 'data', size: '10Gi' }] }],
      listeners: [{ name: 'CLIENTS', port: 9092, security: 'scram' }],
      authorization: 'acl',
    });
    const topics = new TopicSet(this, 'Topics', { cluster, topics: { orders: { partitions: 12 } } });
    new AclPolicy(this, 'Accounts', { cluster, serviceAccounts: { checkout: {}, billing: {} } });
    topics.grantProduce('User:checkout');
    topics.grantConsume('User:billing', { groups: ['billing'] });
    new Monitoring(this, 'Monitoring', { cluster });
  }
}

const app = new App();
new Streaming(app, 'streaming');
app.synth();
