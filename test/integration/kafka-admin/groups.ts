import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { clientFor } from '../../../lib/kafka';
import { waitFor } from '../../support/kafka/wait-for';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { administrator } from './clusters';
import { told } from './contract';

/** What is told of groups that real consumers form. */
export function groups(title: string, cluster: () => LocalCluster, newer: boolean): void {
  describe(title, () => {
    const begin = async () => {
      const connection = await administrator(cluster());
      const admin = clientFor(connection);
      const topic = `orders-${randomUUID()}`;
      await admin.createTopics([{ name: topic, partitions: 2, replicationFactor: 1, config: {} }]);
      await waitFor('the topic shows', async () =>
        (await admin.topics([topic]))[0]?.partitions.every(({ leader }) => leader !== undefined),
      );
      return { connection, admin, topic, group: `readers-${randomUUID()}` };
    };

    it('names their members’ topics, their state and their offsets', async () => {
      const { connection, admin, topic, group } = await begin();
      const kafka = new Kafka({
        brokers: [...connection.bootstrapServers],
        ssl: { ca: [connection.tls?.ca ?? ''], cert: connection.tls?.certificate ?? '', key: connection.tls?.key ?? '' },
        logLevel: logLevel.NOTHING,
      });
      const find = async () => (await admin.groups()).find((each) => each.group === group);
      const [producer, consumer] = [kafka.producer(), kafka.consumer({ groupId: group })];
      await producer.connect();
      await producer.send({ topic, messages: Array.from({ length: 3 }, () => ({ value: 'x', partition: 1 })) });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({ autoCommitThreshold: 1, eachMessage: async () => undefined });
      await waitFor('the group is stable', async () => (await find())?.state === 'stable');
      expect(await find()).toEqual({ group, state: 'stable', members: 1, topics: [topic] });
      await waitFor('it has committed', async () => (await admin.groupOffsets(group)).get(`${topic}-1`) === 3n);
      expect(told(await admin.setGroupOffsets(group, new Map([[`${topic}-1`, 1n]])))).toEqual(['busy']);
      await consumer.disconnect();
      await producer.disconnect();
      await waitFor('the group is empty', async () => (await find())?.state === 'empty');
      expect(await find()).toEqual({ group, state: 'empty', members: 0, topics: [] });
      await admin.close();
    });

    if (!newer) return;
    it('are told of when they use the newer protocol', async () => {
      const { admin, topic, group } = await begin();
      const consuming = cluster().tools.attempt('consoleConsumer', [
        '--bootstrap-server',
        cluster().bootstrap(cluster().environment.interBrokerListener),
        '--consumer.config',
        await cluster().clientFile('newer', { 'security.protocol': 'SSL', 'group.protocol': 'consumer' }, 'convergence'),
        '--topic',
        topic,
        '--group',
        group,
        '--timeout-ms',
        '20000',
      ]);
      await waitFor('the group has its topic', async () => {
        const found = (await admin.groups()).find((each) => each.group === group);
        return found?.state === 'stable' && found.members === 1 && found.topics.join() === topic;
      });
      await consuming;
      await admin.close();
    });
  });
}
