import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApplyPorts, apply, desiredOf, planWithImpact, readLive } from '../../../lib/converge';
import { aclKey, aclsOf, resolveTopics } from '../../../lib/model';
import { describeWith } from '../../support/parts';
import { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { environmentFor, type Session, sessionOn } from './clusters';

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'the convergence of a real cluster', () => {
  const temporaryFolder = temporaryFolders();

  for (const { title, version, mode } of [
    { title: 'Kafka 4.3 with KRaft', version: '4.3.1', mode: 'kraft' },
    { title: 'Kafka 3.9 with ZooKeeper', version: '3.9.2', mode: 'zookeeper' },
  ] as const) {
    describe(title, () => {
      let cluster: LocalCluster | undefined;
      let session: Session;
      const environment = environmentFor(mode);

      beforeAll(async () => {
        cluster = await LocalCluster.prepare(environment, version, temporaryFolder(mode));
        await cluster.start();
        session = await sessionOn(cluster);
      });

      afterAll(async () => {
        await session?.close();
        await cluster?.stop();
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

      it('finishes what a run left that was killed at any of its calls', async () => {
        const wanted = (index: number) => ({
          ...environment,
          topics: [
            ...resolveTopics({
              topics: { [`killed-${index}`]: { partitions: 1, replicationFactor: 1, config: { 'retention.ms': 1000 + index } } as never },
              protectedTopics: [],
            }),
          ],
          access: environment.access.slice(index % 2),
          quotas: [{ user: 'reader', consumerByteRate: 1000 + index }],
        });
        for (let index = 0; ; index++) {
          let count = 0;
          const killer = () => {
            if (count++ === index) throw new Error('killed');
          };
          const doomed = spied(session.ports, killer);
          const plan = async (ports = session.ports) =>
            planWithImpact(desiredOf(wanted(index)), await readLive(desiredOf(wanted(index)), ports), ports.admin);
          const allow = { allow: ['data-loss', 'irreversible'] } as const;
          const died = await plan(doomed)
            .then((made) => apply(made, doomed, allow))
            .then(() => false)
            .catch((error: Error) => (error.message === 'killed' ? true : Promise.reject(error)));
          if (!died) break;
          const { outcomes } = await apply(await plan(), session.ports, allow);
          expect({ index, left: outcomes.filter(({ status }) => status !== 'done') }).toEqual({ index, left: [] });
          expect({ index, steps: (await plan()).steps }).toEqual({ index, steps: [] });
        }
      });
    });
  }
});

/** The same ports, with a call of ours before each of theirs. */
function spied(ports: ApplyPorts, before: () => void): ApplyPorts {
  const around = <Client extends object>(client: Client): Client =>
    new Proxy(client, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...words: unknown[]) => {
          before();
          return value.apply(target, words);
        };
      },
    });
  return { ...ports, admin: around(ports.admin), ownership: around(ports.ownership) };
}

/** Polls, because a broker may answer from metadata that lags behind. */
async function expectEventually(read: () => Promise<readonly string[]>, expected: readonly string[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  let last: readonly string[] = [];
  do {
    last = await read();
    if (JSON.stringify(last) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (Date.now() < deadline);
  expect(last).toEqual(expected);
}
