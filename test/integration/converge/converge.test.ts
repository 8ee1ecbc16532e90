import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { desiredOf } from '../../../lib/converge';
import { aclKey, aclsOf, resolveTopics } from '../../../lib/model';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';
import { accounts } from './accounts';
import { clients } from './clients';
import { environmentFor, type Session, type Stand, sessionOn, standUp } from './clusters';
import { cuts } from './cuts';
import { everyIntent } from './every-intent';
import { losses } from './losses';
import { refusals } from './refusals';
import { seed } from './seeds';

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'the convergence of a real cluster', () => {
  const temporaryFolder = temporaryFolders();

  for (const { title, mode } of [
    { title: 'Kafka 4.3 with KRaft', mode: 'kraft' },
    { title: 'Kafka 3.9 with ZooKeeper', mode: 'zookeeper' },
  ] as const) {
    describe(title, () => {
      let stand: Stand | undefined;
      let session: Session;
      const environment = environmentFor(mode);

      beforeAll(async () => {
        stand = await standUp(environment, temporaryFolder(mode));
        session = await sessionOn(stand.cluster);
      });

      afterAll(async () => {
        await session?.close();
        await stand?.stop();
      });

      it('gets everything that is declared, and then there is nothing left to do', async () => {
        const result = await session.converge(environment);
        expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
        expect(result.status).toBe('complete');

        const before = session.requests();
        const again = await session.plan(desiredOf(environment));
        expect({ steps: again.steps, notes: again.notes }).toEqual({ steps: [], notes: [] });
        expect(session.requests() - before).toBeLessThanOrEqual(12);

        const acls = (await session.admin.acls()).map(aclKey).sort();
        expect(acls).toEqual(aclsOf(environment).map(aclKey));
        const users = await session.admin.scramUsers();
        expect([users.get('worker')?.[0]?.mechanism, users.get('reader')?.[0]?.mechanism]).toEqual(['SCRAM-SHA-512', 'SCRAM-SHA-256']);
      });

      it('finds what was changed by hand, and mends it', async () => {
        const [entry] = aclsOf(environment);
        if (entry === undefined) throw new Error('there are no ACLs');
        await session.admin.alterTopicConfigs(new Map([['tda_jobs', { 'retention.ms': '1234', 'max.message.bytes': '4321' }]]));
        await session.admin.deleteAcls([entry]);
        await session.admin.alterQuotas([{ user: 'reader', limits: { consumer_byte_rate: 7 } }]);
        await session.admin.createTopics([{ name: 'foreign', partitions: 1, replicationFactor: 1, config: {} }]);
        const ids = [`create-acls ${entry.principal}`, 'set-quota user=reader', 'set-config tda_jobs'];
        await expectEventually(async () => (await session.plan(desiredOf(environment))).steps.map(({ id }) => id), ids);

        expect((await session.converge(environment)).status).toBe('complete');
        expect((await session.plan(desiredOf(environment))).steps).toEqual([]);
        const config = (await session.admin.topicConfigs(['tda_jobs'], ['max.message.bytes'])).get('tda_jobs');
        expect(config?.[0]?.value).toBe('4321');
        expect((await session.admin.topics(['foreign'])).length).toBe(1);
      });

      it('grows partitions and replicas, rotates a password, and removes what is no longer declared, with leave', async () => {
        session.secrets.set('reader-password', 'an0ther-password-of-a-test');
        const topics = environment.topics
          .filter(({ name }) => name !== 'tda_results')
          .map(({ name, protected: _, ...topic }) => {
            const grown = name === 'tda_jobs' ? { ...topic, partitions: topic.partitions + 1, replicationFactor: 1 } : topic;
            return [name, grown] as const;
          });
        const changed = {
          ...environment,
          topics: resolveTopics({ topics: Object.fromEntries(topics), protectedTopics: [] }),
          access: environment.access.slice(0, 1),
          quotas: [],
        };
        const cautious = await session.converge(changed);
        expect(cautious.outcomes.filter(({ status }) => status !== 'done').map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
          'add-partitions tda_jobs: needs-consent',
          'delete-topic tda_results: needs-consent',
        ]);
        const result = await session.converge(changed, { allow: ['data-loss', 'irreversible'] });
        expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
        expect((await session.plan(desiredOf(changed))).steps).toEqual([]);
        const [jobs] = await session.admin.topics(['tda_jobs']);
        expect([jobs?.partitions.length, new Set(jobs?.partitions.map(({ replicas }) => replicas.length))]).toEqual([4, new Set([1])]);
        expect((await session.admin.topics(['tda_results', 'foreign'])).map(({ name }) => name)).toEqual(['foreign']);

        // And back: replicas are copied under a throttle, which is gone afterwards.
        const back = { ...environment, topics: changed.topics.map((topic) => ({ ...topic, replicationFactor: 2 })) };
        expect((await session.converge(back)).status).toBe('complete');
        expect((await session.plan(desiredOf(back))).steps).toEqual([]);
        const throttles = await session.admin.topicConfigs(['tda_jobs'], ['leader.replication.throttled.replicas']);
        expect(throttles.get('tda_jobs')?.filter(({ source }) => source === 'topic')).toEqual([]);
        expect([...(await session.admin.brokerConfigs([1, 2])).values()].flat()).toEqual([]);
      });

      const running = () => (stand as Stand).cluster;
      const sides = ['request', 'answer'] as const;
      cuts(mode, () => stand as Stand, {
        cuts: (index) => [{ side: sides[Math.floor(index / 2) % 2] ?? 'request', after: index % 7 === 3 ? 'dead' : 'once' }],
        everyIndex: mode === 'kraft' ? 1 : 12,
      });
      if (mode === 'kraft') accounts('a model with every intent', running, () => everyIntent(mode));
      if (mode === 'kraft') clients(running);
      if (mode === 'kraft') seed('kraft/production', running);
      if (mode === 'kraft') refusals(running);
      if (mode === 'kraft') losses(mode, running);
    });
  }
});

/** Polls, because a broker may answer from metadata that lags behind. */
async function expectEventually(read: () => Promise<readonly string[]>, expected: readonly string[]): Promise<void> {
  const deadline = Date.now() + 120_000;
  let last: readonly string[] = [];
  do {
    last = await read();
    if (JSON.stringify(last) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (Date.now() < deadline);
  expect(last).toEqual(expected);
}
