import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientFor, type KafkaAdmin } from '../../../lib/kafka';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';
import { combinedPool, environmentOf, plainListeners } from '../../support/runtime/environment';
import { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { seed } from '../converge/seeds';
import { told } from './contract';
import { CuttingProxy } from './cutting-proxy';

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

  it('tells what was done and what is in doubt when answers are lost', async () => {
    const proxy = await CuttingProxy.before(cluster?.bootstrap('CLIENT') ?? '');
    const client = clientFor({ bootstrapServers: [proxy.address] });
    const before = await client.topics();
    const topic = { name: 'lost', partitions: 1, replicationFactor: 1, config: {} };
    // A second CreateTopics would say "exists", which might be somebody else's doing: it is not sent.
    proxy.loseAnswers(1);
    const outcomes = await client.createTopics([topic]);
    expect(told(outcomes)).toEqual(['timed-out']);
    expect([...outcomes.values()][0]).toMatchObject({
      message: expect.stringMatching(/was lost before CreateTopics was answered.*may have been done/),
    });
    await waitFor('the topic shows', async () => (await client.topics(['lost'])).length === 1);

    // Settings are the same however often they are set, and reading changes nothing: both are asked for again.
    proxy.loseAnswers(1);
    expect(told(await client.alterTopicConfigs(new Map([['lost', { 'retention.ms': '1000' }]])))).toEqual(['done']);
    proxy.loseAnswers(2);
    expect((await client.topics()).length).toBe(before.length + 1);
    await client.close();
    await proxy.close();
    await admin.deleteTopics(['lost']);
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

  seed('templates/development', () => cluster as LocalCluster);
});
