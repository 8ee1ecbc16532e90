import { describe, expect, it } from '@jest/globals';
import { MemoryCluster, memoryAdmin, memoryConnect } from '../../lib/kafka';
import { collectBackup, writeBackup } from '../../lib/operate';
import { desiredWith, standInClusterId } from '../support/converge/desired';
import { backupFrom, backupText } from '../support/operate/backup';

const environment = {
  name: 'orders',
  clusterId: standInClusterId,
  kafka: { version: { distribution: 'apache', release: '4.3.1', line: '4.3' } },
};

function sources(cluster: MemoryCluster, login?: Parameters<typeof memoryAdmin>[1]) {
  return { environment: environment as never, admin: memoryAdmin(cluster, login), tool: 'kafkon test', now: new Date(0) };
}

describe('collecting a backup', () => {
  it('writes groups while later ones are still to be read, so that they never all are in memory', async () => {
    const cluster = new MemoryCluster({ clusterId: standInClusterId });
    const admin = memoryAdmin(cluster);
    await admin.createTopics([{ name: 'orders', partitions: 1, replicationFactor: 1, config: {} }]);
    const count = 2_000;
    for (let index = 0; index < count; index++) {
      const group = `group-${String(index).padStart(4, '0')}`;
      const description = { group, state: 'empty', members: 0, topics: [] } as const;
      cluster.state.groups.set(group, { description, offsets: new Map([['orders-0', BigInt(index)]]) });
    }
    const given = sources(cluster);
    const { head, parts } = await collectBackup(given);
    let [written, ahead] = [0, 0];
    const before = given.admin.requestsSent();
    const summary = await writeBackup(head, parts, {
      write: async (text) => {
        if (!text.includes('"group":')) return;
        written++;
        ahead = Math.max(ahead, given.admin.requestsSent() - before - written);
      },
    });
    expect([written, summary.counts.groups]).toEqual([count, count]);
    expect(ahead).toBeLessThanOrEqual(32);
  });

  it('leaves out what passes, what is secret, and what belongs to a machine', async () => {
    const cluster = new MemoryCluster({ clusterId: standInClusterId, brokers: [{ id: 1 }] });
    const admin = memoryAdmin(cluster);
    await admin.createTopics([
      { name: '_kafkon', partitions: 1, replicationFactor: 1, config: {} },
      {
        name: 'orders',
        partitions: 1,
        replicationFactor: 1,
        config: { 'retention.ms': '5', 'leader.replication.throttled.replicas': '*' },
      },
    ]);
    cluster.state.brokerConfigs.set('all', new Map([['log.retention.ms', '7']]));
    cluster.state.brokerConfigs.set(
      1,
      new Map([
        ['leader.replication.throttled.rate', '1000'],
        ['listener.name.client.ssl.keystore.location', '/keys'],
        ['background.threads', '9'],
      ]),
    );
    const { topics, brokerConfigs } = backupFrom((await backupText(admin, desiredWith())).text);
    expect(topics).toEqual([{ name: 'orders', partitions: 1, replicationFactor: 1, config: { 'retention.ms': '5' }, placement: [[1]] }]);
    expect(brokerConfigs).toEqual([
      { broker: 'all', config: { 'log.retention.ms': '7' } },
      { broker: 1, config: { 'background.threads': '9' } },
    ]);
  });

  it('says where the replicas of each partition are, and what addresses may take', async () => {
    const cluster = new MemoryCluster({ clusterId: standInClusterId });
    const admin = memoryAdmin(cluster);
    const assignment = [
      [3, 1],
      [2, 3],
    ];
    await admin.createTopics([{ name: 'orders', partitions: 2, replicationFactor: 2, assignment, config: {} }]);
    await admin.alterQuotas([
      { ip: null, limits: { connection_creation_rate: 20 } },
      { ip: '192.0.2.7', limits: { connection_creation_rate: 5 } },
    ]);
    const { topics, quotas } = backupFrom((await backupText(admin, desiredWith())).text);
    expect(topics.map(({ placement }) => placement)).toEqual([assignment]);
    expect(quotas).toEqual([
      { ip: '192.0.2.7', limits: { connection_creation_rate: 5 } },
      { ip: null, limits: { connection_creation_rate: 20 } },
    ]);
  });

  it('has connectors without what is secret by declaration or by its name', async () => {
    const cluster = new MemoryCluster({ clusterId: standInClusterId });
    const connect = memoryConnect();
    const placeholder = ['$', '{file:/x:y}'].join('');
    const config = { 'connector.class': 'Sink', topics: 'a', 'db.password': 'hunter2', key: 'hunter3', 'x.password': placeholder };
    await connect.put('archive', config);
    await connect.pause('archive');
    const declared = { connector: 'archive', config: {}, secrets: { key: 'archive-key' }, state: 'running' } as const;
    const environment = desiredWith({ connectors: [declared] });
    const { text, summary } = await backupText(memoryAdmin(cluster), environment, undefined, connect);
    expect(text).not.toMatch(/hunter/);
    expect(summary.counts.connectors).toBe(1);
    expect(backupFrom(text).connectors).toEqual([
      {
        name: 'archive',
        type: 'sink',
        state: 'paused',
        config: { 'connector.class': 'Sink', topics: 'a', 'x.password': placeholder },
        secrets: { 'db.password': null, key: 'archive-key' },
      },
    ]);
    expect(backupFrom((await backupText(memoryAdmin(cluster), environment)).text).connectors).toBeNull();
  });

  it('is no backup where the account may not see all topics', async () => {
    const cluster = new MemoryCluster({ clusterId: standInClusterId });
    const login = { user: 'shop', password: 'secret', mechanism: 'SCRAM-SHA-512' } as const;
    await memoryAdmin(cluster).upsertScramUsers([{ ...login, iterations: 8192 }]);
    await expect(collectBackup(sources(cluster, login))).rejects.toMatchObject({ name: 'OperateError', code: 'not-authorized' });
  });

  it('is no backup of another cluster', async () => {
    await expect(collectBackup(sources(new MemoryCluster({ clusterId: 'other' })))).rejects.toMatchObject({ code: 'wrong-cluster' });
  });
});
