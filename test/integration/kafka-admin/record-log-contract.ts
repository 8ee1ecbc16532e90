import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KafkaAdmin, RecordLog } from '../../../lib/kafka';
import { waitFor } from '../../support/kafka/wait-for';

/** A cluster, and two clients for its records. */
export interface RecordLogSubject {
  readonly admin: KafkaAdmin;
  readonly log: RecordLog;
  readonly other: RecordLog;
}

/** What every `RecordLog` does, whatever is behind it. */
export function recordLogContract(title: string, open: () => Promise<RecordLogSubject>): void {
  describe(title, () => {
    let subject: RecordLogSubject;
    const fresh = (kind: string) => `${kind}-${randomUUID()}`;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await Promise.all([subject?.log, subject?.other, subject?.admin].map((each) => each?.close()));
    });

    const topic = async (): Promise<string> => {
      const name = fresh('notes');
      await subject.admin.createTopics([{ name, partitions: 1, replicationFactor: 1, config: { 'cleanup.policy': 'compact' } }]);
      await waitFor('the topic can be read', async () => (await subject.log.read(name)) !== undefined);
      return name;
    };
    const changes = (record: Record<string, string | null>) => new Map(Object.entries(record));

    it('gives the latest value of each key, without those that were removed', async () => {
      const name = await topic();
      expect(await subject.log.read(name)).toEqual(new Map());
      await subject.log.append(name, changes({ a: '1', b: '2', c: '3' }));
      await subject.log.append(name, changes({ a: 'é', b: null }));
      expect(await subject.log.read(name)).toEqual(
        new Map([
          ['a', 'é'],
          ['c', '3'],
        ]),
      );
      expect(await subject.other.read(name)).toEqual(
        new Map([
          ['a', 'é'],
          ['c', '3'],
        ]),
      );
      await subject.log.append(name, new Map());
    });

    it('reads on from where it was, and from the beginning where another topic has taken the name', async () => {
      const { admin, log, other } = subject;
      const name = await topic();
      await other.append(name, changes({ a: '1', b: '2' }));
      expect(await log.read(name)).toEqual(changes({ a: '1', b: '2' }));
      expect(await log.read(name)).toEqual(changes({ a: '1', b: '2' }));
      await other.append(name, changes({ b: null, c: '3' }));
      expect(await log.read(name)).toEqual(changes({ a: '1', c: '3' }));

      await admin.deleteTopics([name]);
      await waitFor('the topic is gone', async () => (await other.read(name)) === undefined);
      const another = { name, partitions: 1, replicationFactor: 1, config: { 'cleanup.policy': 'compact' } };
      await waitFor('the name is free', async () => (await admin.createTopics([another])).get(name)?.done);
      await waitFor('the other topic can be read', async () => (await other.read(name)) !== undefined);
      // As many as the first one had, and more.
      for (const key of ['u', 'v', 'w', 'x', 'y', 'z']) await other.append(name, changes({ [key]: '4' }));
      const anew = changes({ u: '4', v: '4', w: '4', x: '4', y: '4', z: '4' });
      expect(
        await waitFor('the other topic is what is read', async () => ((await log.read(name))?.has('z') ?? false) && log.read(name)),
      ).toEqual(anew);
    });

    it('says that there is no such topic', async () => {
      expect(await subject.log.read(fresh('absent'))).toBeUndefined();
      await expect(subject.log.append(fresh('absent'), changes({ a: '1' }))).rejects.toMatchObject({ name: 'ClusterFailure' });
    });

    it('says that it can’t read what a broker has compressed, and reads what is not to be compressed wherever brokers do so', async () => {
      const { admin, log } = subject;
      const byDefault = (value: string | null) => admin.alterBrokerConfigs(new Map([['all' as const, { 'compression.type': value }]]));
      const [compressed, plain] = [await topic(), await topic()];
      await admin.alterTopicConfigs(new Map([[plain, { 'compression.type': 'uncompressed' }]]));
      await byDefault('zstd');
      try {
        const compressionOf = async (name: string) => (await admin.topicConfigs([name], ['compression.type'])).get(name)?.[0]?.value;
        await waitFor('the brokers compress', async () => (await compressionOf(compressed)) === 'zstd');
        await waitFor('the topic is left out', async () => (await compressionOf(plain)) === 'uncompressed');
        await waitFor('records are compressed', async () => {
          await log.append(compressed, changes({ a: '1' }));
          return log.read(compressed).then(
            () => false,
            (error: Error) => /are compressed in a way/.test(error.message),
          );
        });
        await expect(log.read(compressed)).rejects.toMatchObject({ name: 'ClusterFailure', reason: 'unsupported' });
        await log.append(plain, changes({ a: '1' }));
        expect(await log.read(plain)).toEqual(changes({ a: '1' }));
      } finally {
        await byDefault(null);
      }
    });

    it('takes records of more than a request', async () => {
      const name = await topic();
      const hold = await subject.log.lock(fresh('lock'));
      const many = new Map(Array.from({ length: 30 }, (_, index) => [`key-${index}`, `${index}`.repeat(50_000)]));
      await subject.log.append(name, many, hold);
      expect(await subject.log.read(name)).toEqual(many);
    });

    it('lets one hold a lock, until another takes it', async () => {
      const name = await topic();
      const id = fresh('lock');
      const first = await subject.log.lock(id);
      expect(await first.holds()).toBe(true);
      await subject.log.append(name, changes({ by: 'first' }), first);
      expect(await first.holds()).toBe(true);
      await subject.log.append(name, changes({ by: 'first again' }), first);

      const second = await subject.other.lock(id);
      expect(await second.holds()).toBe(true);
      expect(await first.holds()).toBe(false);
      await expect(subject.log.append(name, changes({ by: 'first, late' }), first)).rejects.toMatchObject({ name: 'Fenced' });
      await subject.other.append(name, changes({ by: 'second' }), second);
      expect(await subject.log.read(name)).toEqual(changes({ by: 'second' }));
      expect(await second.holds()).toBe(true);
    });

    it('proves a lock in one request, and reads in one more than it takes to find the leader', async () => {
      const name = await topic();
      await subject.log.append(name, changes({ a: '1' }));
      const hold = await subject.log.lock(fresh('lock'));
      await hold.holds();
      const before = subject.log.requestsSent();
      await hold.holds();
      await subject.log.read(name);
      expect(subject.log.requestsSent() - before).toBe(2);
    });

    it('proves a lock in one request, while the last transaction is being ended too', async () => {
      const name = await topic();
      const id = fresh('lock');
      const hold = await subject.log.lock(id);
      for (let turn = 0; turn < 10; turn++) {
        await subject.log.append(name, changes({ turn: `${turn}` }), hold);
        const before = subject.log.requestsSent();
        expect(await hold.holds()).toBe(true);
        expect(subject.log.requestsSent() - before).toBe(1);
      }
      await subject.log.append(name, changes({ turn: 'last' }), hold);
      await subject.other.lock(id);
      expect(await hold.holds()).toBe(false);
    });

    it('answers no more once it is closed', async () => {
      await subject.other.close();
      await expect(subject.other.read('notes')).rejects.toMatchObject({ reason: 'closed' });
    });
  });
}
