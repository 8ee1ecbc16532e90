import { describe, expect, it } from '@jest/globals';
import type { Chart } from 'cdk8s';
import { AclPolicy, KafkaCluster, type KafkaClusterProps, TopicSet, type TopicSetProps } from '../../lib/kubernetes';
import { aclsOf } from '../../lib/model';
import { chart, synth } from './manifests';

const clusterProps: KafkaClusterProps = {
  name: 'orders',
  kind: 'staging',
  clusterId: 'MkU3OEVBNTcwNTJENDM2Qg',
  kafka: { version: '4.3.1' },
  metadata: { mode: 'kraft' },
  nodePools: [{ name: 'nodes', roles: ['broker', 'controller'], ids: [0, 1, 2], memory: '4Gi', disks: [{ name: 'data', size: '50Gi' }] }],
  listeners: [{ name: 'INTERNAL', port: 9092, security: 'scram' }],
  authorization: 'acl',
};

interface Made {
  readonly target: Chart;
  readonly cluster: KafkaCluster;
  readonly topics: TopicSet;
}

function make(declared: TopicSetProps['topics'] = { orders: { partitions: 12 }, invoices: {} }): Made {
  const target = chart();
  const cluster = new KafkaCluster(target, 'Kafka', clusterProps);
  new AclPolicy(target, 'Accounts', {
    cluster,
    serviceAccounts: { shop: {}, billing: {} },
    userGroups: { staff: { members: ['billing'] } },
  });
  return { target, cluster, topics: new TopicSet(target, 'Topics', { cluster, topics: declared }) };
}

/** `ALLOW WRITE TOPIC orders` for one account. */
function aclsFor({ cluster }: Made, account: string): readonly string[] {
  if (cluster.environment === undefined) throw new Error('the cluster has problems');
  return aclsOf(cluster.environment)
    .filter(({ principal }) => principal === `User:${account}`)
    .map(({ operation, resourceType, resourceName, patternType }) =>
      [operation, resourceType, patternType === 'PREFIXED' ? `${resourceName}*` : resourceName].join(' '),
    );
}

describe('TopicSet', () => {
  it('adds its topics to the cluster and makes no object of them', () => {
    const without = chart();
    new KafkaCluster(without, 'Kafka', clusterProps);
    const made = make();
    expect(made.cluster.environment?.topics.map(({ name, partitions }) => [name, partitions])).toEqual([
      ['invoices', 3],
      ['orders', 12],
    ]);
    expect(synth(made.target)).toEqual(synth(without));
  });

  it('grants on the whole set, on some topics, or on one', () => {
    const made = make();
    made.topics.grantProduce('User:shop');
    made.topics.grantConsume('User:billing', { groups: ['billing'], topics: ['orders'] });
    made.topics.topic('invoices').grantProduce('billing');
    expect(aclsFor(made, 'shop')).toEqual(expect.arrayContaining(['WRITE TOPIC orders', 'WRITE TOPIC invoices']));
    const billing = aclsFor(made, 'billing');
    expect(billing).toEqual(expect.arrayContaining(['READ TOPIC orders', 'READ GROUP billing', 'WRITE TOPIC invoices']));
    expect(billing).not.toContain('READ TOPIC invoices');
    expect(billing).not.toContain('WRITE TOPIC orders');
  });

  it('grants a group to its members', () => {
    const made = make();
    made.topics.grantConsume('Group:staff', { groups: ['staff-*'] });
    expect(aclsFor(made, 'billing')).toContain('READ GROUP staff-*');
  });

  it('grants transactions and Streams what they need', () => {
    const made = make();
    made.topics.grantTransactional('User:shop', { transactionalIds: ['shop-*'] });
    made.topics.grantStreams('User:billing', { applicationId: 'totals', reads: ['orders'], writes: ['invoices'] });
    expect(aclsFor(made, 'shop')).toContain('WRITE TRANSACTIONAL_ID shop-*');
    expect(aclsFor(made, 'billing')).toEqual(expect.arrayContaining(['READ TOPIC orders', 'WRITE TOPIC invoices']));
    expect(aclsFor(made, 'billing')).not.toContain('WRITE TOPIC orders');
  });

  it('fails with every mistake at once, each with the construct path', () => {
    const made = make({ orders: { replicationFactor: 5 } });
    made.topics.topic('payments').grantProduce('User:shop');
    made.topics.grantConsume('User:billing', { groups: [] });
    made.topics.grantProduce('User:shop', { topics: ['ordres'] });
    const errors = String(errorOf(made.target)).split('\n');
    const mine = errors.filter((line) => line.includes('[chart/Topics]'));
    expect(mine).toEqual([
      expect.stringContaining('topic "payments" is not in the set; it has orders'),
      expect.stringContaining('names no group'),
      expect.stringContaining('names topic "ordres", which is not in the set'),
      expect.stringMatching(/replication factor.*5.*3/),
    ]);
  });

  it('fails when two sets declare one topic', () => {
    const made = make();
    new TopicSet(made.target, 'Again', { cluster: made.cluster, topics: { orders: {} } });
    expect(String(errorOf(made.target))).toMatch(/\[chart\/Again\] topics\.orders: is declared by chart\/Topics already/);
  });
});

describe('AclPolicy', () => {
  it('brings accounts and what they may do, and is told of its own mistakes', () => {
    const made = make();
    new AclPolicy(made.target, 'More', {
      cluster: made.cluster,
      serviceAccounts: { reports: {} },
      topicAccess: { 'orders*': { consumers: [{ principal: 'User:reports', consumerGroups: ['reports'] }] } },
      access: [{ intent: 'admin', principal: 'User:billing' }],
    });
    expect(aclsFor(made, 'reports')).toEqual(expect.arrayContaining(['READ TOPIC orders*', 'READ GROUP reports']));
    new AclPolicy(made.target, 'Wrong', { cluster: made.cluster, access: [{ intent: 'admin', principal: 'User:nobody' }] });
    expect(String(errorOf(made.target))).toMatch(/\[chart\/Wrong\] access\[0\].*nobody/);
  });
});

function errorOf(target: Chart): unknown {
  try {
    synth(target);
  } catch (error) {
    return error;
  }
  throw new Error('it synthesized');
}
