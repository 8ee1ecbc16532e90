import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientFor, type KafkaAdmin } from '../../../lib/kafka';
import { describeWith } from '../../support/parts';
import { combinedPool, environmentOf, plainListeners } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { told } from './contract';

describeWith(['maven', 'java', 'kafka-4.3.1'], 'a client of a cluster without an authorizer', () => {
  let cluster: LocalCluster | undefined;
  let admin: KafkaAdmin;
  beforeAll(async () => {
    const environment = environmentOf({
      kafka: { version: '4.3.1' },
      listeners: [...plainListeners],
      metadata: { mode: 'kraft' },
      monitoring: { enabled: false },
      nodePools: [{ ...combinedPool, ids: [1], roles: ['broker', 'controller'] }],
    });
    cluster = await LocalCluster.prepare(environment, '4.3.1', temporaryFolder('plain'));
    await cluster.start();
    admin = clientFor({ bootstrapServers: [cluster.bootstrap('CLIENT')] });
  });
  afterAll(async () => {
    await admin?.close();
    await cluster?.stop();
  });
  // Removed after what writes there has stopped.
  const temporaryFolder = temporaryFolders();

  it('sees all topics', async () => {
    expect(await admin.topics()).toEqual([]);
    expect(await admin.mayListTopics()).toBe(true);
  });

  it('is told that there are no ACLs', async () => {
    await expect(admin.acls()).rejects.toMatchObject({ name: 'ClusterFailure', reason: 'unsupported' });
    const entry = {
      principal: 'User:a',
      host: '*',
      operation: 'READ',
      permission: 'ALLOW',
      resourceType: 'TOPIC',
      resourceName: 'a',
      patternType: 'LITERAL',
    } as const;
    expect(told(await admin.createAcls([entry]))).toEqual(['unsupported']);
    expect(told(await admin.deleteAcls([entry]))).toEqual(['unsupported']);
  });

  it('sends no request for nothing', async () => {
    const before = admin.requestsSent();
    expect((await admin.createTopics([])).size).toBe(0);
    expect((await admin.alterTopicConfigs(new Map())).size).toBe(0);
    expect((await admin.deleteAcls([])).size).toBe(0);
    expect(admin.requestsSent()).toBe(before);
  });

  it('connects in one request, and asks in one more', async () => {
    const client = clientFor({ bootstrapServers: [cluster?.bootstrap('CLIENT') ?? ''] });
    await client.topics();
    expect(client.requestsSent()).toBe(2);
    await client.close();
  });

  it('takes more partitions than one request may create', async () => {
    const topics = Array.from({ length: 3 }, (_, index) => ({
      name: `wide-${index}`,
      partitions: 4_000,
      replicationFactor: 1,
      config: {},
    }));
    const before = admin.requestsSent();
    expect(told(await admin.createTopics(topics, { validateOnly: true }))).toEqual(['done', 'done', 'done']);
    expect(admin.requestsSent() - before).toBe(2);
  });
});
