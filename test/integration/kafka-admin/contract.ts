import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KafkaAdmin, NewTopic, Outcome, Outcomes } from '../../../lib/kafka';
import { type AclEntry, aclKey, type ScramMechanism } from '../../../lib/model';
import { waitFor as poll } from '../../support/kafka/wait-for';

/** A cluster with an authorizer, and clients of it. */
export interface Subject {
  /** May do anything. */
  readonly admin: KafkaAdmin;
  /** Another client, that logs in as a user. */
  readonly login: (user: string, password: string, mechanism: ScramMechanism) => KafkaAdmin;
  /** At least two. */
  readonly brokers: readonly number[];
  readonly metadata: 'zookeeper' | 'kraft';
  /** Between two looks at what should change, in milliseconds. @default 100 */
  readonly pollMs?: number;
}

const mechanism = 'SCRAM-SHA-512';

/** What every `KafkaAdmin` does, whatever is behind it. */
export function adminContract(title: string, open: () => Promise<Subject>): void {
  describe(title, () => {
    let subject: Subject;
    let admin: KafkaAdmin;
    const run = randomUUID().slice(0, 8);
    let serial = 0;
    const fresh = (kind: string) => `${kind}-${run}-${serial++}`;
    const strangers: KafkaAdmin[] = [];

    const waitFor = <T>(goal: string, probe: () => Promise<T | undefined | false>) => poll(goal, probe, { everyMs: subject.pollMs ?? 100 });

    beforeAll(async () => {
      subject = await open();
      admin = subject.admin;
    });
    afterAll(async () => {
      await Promise.all([...strangers, admin].map((each) => each?.close()));
    });

    const create = async (topic: Partial<NewTopic> = {}): Promise<string> => {
      const name = topic.name ?? fresh('topic');
      expect(told(await admin.createTopics([{ name, partitions: 1, replicationFactor: 1, config: {}, ...topic }]))).toEqual(['done']);
      await waitFor(
        `${name} shows`,
        async () =>
          (await admin.topics([name])).every(({ partitions }) => partitions.every(({ leader }) => leader !== undefined)) &&
          (await admin.topics([name])).length === 1,
      );
      return name;
    };
    const own = async (name: string) => {
      const entries = (await admin.topicConfigs([name])).get(name) ?? [];
      return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
    };
    const becomes = async <T>(goal: string, probe: () => Promise<T>, wanted: T) => {
      let last: T | undefined;
      await waitFor(goal, async () => {
        last = await probe();
        return JSON.stringify(last) === JSON.stringify(wanted);
      }).catch(() => undefined);
      expect(last).toEqual(wanted);
    };
    const stranger = async (): Promise<{ user: string; client: KafkaAdmin }> => {
      const user = fresh('user');
      const password = fresh('password');
      expect(told(await admin.upsertScramUsers([{ user, mechanism, iterations: 4096, password }]))).toEqual(['done']);
      const client = await waitFor(`${user} can log in`, async () => {
        const each = subject.login(user, password, mechanism);
        strangers.push(each);
        return each.cluster().then(
          () => each,
          () => undefined,
        );
      });
      return { user, client };
    };
    const acl = (entry: Partial<AclEntry>): AclEntry => ({
      principal: 'User:alice',
      host: '*',
      operation: 'READ',
      permission: 'ALLOW',
      resourceType: 'TOPIC',
      resourceName: 'orders',
      patternType: 'LITERAL',
      ...entry,
    });
    const aclsOf = async (principal: string) => (await admin.acls()).filter((entry) => entry.principal === principal);

    describe('the cluster', () => {
      it('says its id and its brokers', async () => {
        const { clusterId, brokers, controllerId } = await admin.cluster();
        expect(clusterId).not.toBe('');
        expect(brokers.map(({ id }) => id)).toEqual(subject.brokers);
        expect(subject.brokers).toContain(controllerId);
      });

      it('knows how far the metadata of each node is behind, with KRaft', async () => {
        if (subject.metadata === 'zookeeper') {
          expect(await admin.metadataLog()).toBeUndefined();
          return;
        }
        await waitFor('no broker is behind', async () => {
          const log = await admin.metadataLog();
          return subject.brokers.every((id) => log?.lag.get(id) === 0n);
        });
      });

      it('counts each change of its metadata, with KRaft', async () => {
        if (subject.metadata === 'zookeeper') return;
        const committed = async () => (await admin.metadataLog())?.committed ?? -1n;
        const [topic, config] = [fresh('topic'), { 'retention.ms': '1' }];
        const changes = [
          () => admin.createTopics([{ name: topic, partitions: 1, replicationFactor: 1, config: {} }]),
          () => admin.alterTopicConfigs(new Map([[topic, config]])),
          () => admin.createAcls([acl({ principal: `User:${fresh('user')}` })]),
          () => admin.deleteTopics([topic]),
        ];
        for (const change of changes) {
          const before = await committed();
          expect(told(await change())).toEqual(['done']);
          // At once: it also grows by itself, twice a second. The cluster in memory that answers late does so by two requests.
          const looks = [await committed(), await committed(), await committed()];
          expect(Math.max(...looks.map((offset) => Number(offset - before)))).toBeGreaterThan(0);
        }
      });
    });

    describe('topics', () => {
      it('are created many at once, each with its own shape, in one request', async () => {
        const [small, large] = [fresh('topic'), fresh('topic')];
        const before = admin.requestsSent();
        const outcomes = await admin.createTopics([
          { name: small, partitions: 1, replicationFactor: 1, config: { 'retention.ms': 60000 } },
          { name: large, partitions: 6, replicationFactor: 2, config: { 'cleanup.policy': 'compact', 'min.insync.replicas': 1 } },
        ]);
        expect(told(outcomes)).toEqual(['done', 'done']);
        // With ZooKeeper a first request may go to a broker that is not the controller.
        expect(admin.requestsSent() - before).toBeLessThanOrEqual(subject.metadata === 'kraft' ? 1 : 8);
        await becomes('both show', async () => (await admin.topics([small, large])).map(({ name }) => name).sort(), [small, large].sort());
        const [found] = await admin.topics([large]);
        expect(found?.internal).toBe(false);
        expect(found?.partitions.map(({ id, replicas }) => [id, new Set(replicas).size])).toEqual([0, 1, 2, 3, 4, 5].map((id) => [id, 2]));
        expect(await own(small)).toEqual({ 'retention.ms': '60000' });
        expect(await own(large)).toEqual({ 'cleanup.policy': 'compact', 'min.insync.replicas': '1' });
      });

      it('are placed where the caller says', async () => {
        const [first = 0, second = 0] = subject.brokers;
        const name = await create({
          partitions: 2,
          assignment: [
            [first, second],
            [second, first],
          ],
        });
        const [found] = await admin.topics([name]);
        expect(found?.partitions.map(({ replicas }) => replicas)).toEqual([
          [first, second],
          [second, first],
        ]);
      });

      it('are refused one by one, each for its reason, and the others are created', async () => {
        const existing = await create();
        const good = fresh('topic');
        const shape = { partitions: 1, replicationFactor: 1, config: {} };
        const names = {
          bad: `${fresh('topic')} with spaces`,
          none: fresh('none'),
          many: fresh('many'),
          setting: fresh('setting'),
          value: fresh('value'),
        };
        const outcomes = await admin.createTopics([
          { ...shape, name: existing },
          { ...shape, name: names.bad },
          { ...shape, name: names.none, partitions: 0 },
          { ...shape, name: names.many, replicationFactor: subject.brokers.length + 1 },
          { ...shape, name: names.setting, config: { 'no.such.setting': 1 } },
          { ...shape, name: names.value, config: { 'retention.ms': 'soon' } },
          { ...shape, name: good },
        ]);
        expect(told(outcomes)).toEqual(['already-exists', 'invalid', 'invalid', 'invalid', 'invalid', 'invalid', 'done']);
        for (const [, outcome] of outcomes) if (!outcome.done) expect(outcome.message).not.toBe('');
        await becomes('the good one shows', async () => (await admin.topics([good])).length, 1);
      });

      it('are only checked, where that is all that is asked', async () => {
        const [name, bad] = [fresh('topic'), fresh('topic')];
        const outcomes = await admin.createTopics(
          [
            { name, partitions: 1, replicationFactor: 1, config: {} },
            { name: bad, partitions: 1, replicationFactor: 1, config: { 'retention.ms': 'soon' } },
          ],
          { validateOnly: true },
        );
        expect(told(outcomes)).toEqual(['done', 'invalid']);
        // Whatever is created later shows later, so this one's absence means something.
        await create();
        expect(await admin.topics([name])).toEqual([]);
      });

      it('that are not there are left out', async () => {
        const name = await create();
        const absent = fresh('absent');
        expect((await admin.topics([absent, name])).map((topic) => topic.name)).toEqual([name]);
        expect([...(await admin.topicConfigs([absent, name], ['retention.ms'])).keys()]).toEqual([name]);
        expect(await admin.topics([])).toEqual([]);
        expect((await admin.topics()).map((topic) => topic.name)).toContain(name);
      });

      it('grow, and never shrink', async () => {
        const name = await create({ partitions: 2 });
        const absent = fresh('absent');
        expect(told(await admin.createPartitions(new Map([[name, 3]]), { validateOnly: true }))).toEqual(['done']);
        const grown = await admin.createPartitions(
          new Map([
            [name, 4],
            [absent, 4],
          ]),
        );
        expect(told(grown)).toEqual(['done', 'not-found']);
        await becomes('4 partitions show', async () => (await admin.topics([name]))[0]?.partitions.length, 4);
        expect(told(await admin.createPartitions(new Map([[name, 3]])))).toEqual(['invalid']);
        expect(told(await admin.createPartitions(new Map([[name, 4]])))).toEqual(['invalid']);
      });

      it('are deleted', async () => {
        const name = await create();
        const absent = fresh('absent');
        expect(told(await admin.deleteTopics([name, absent]))).toEqual(['done', 'not-found']);
        await becomes('it is gone', () => admin.topics([name]), []);
        await becomes('its settings are gone', async () => (await admin.topicConfigs([name])).size, 0);
      });

      it('of any number take one request each for creating, reading, describing, changing and deleting', async () => {
        const names = Array.from({ length: 60 }, () => fresh('many'));
        const cost = async (call: () => Promise<unknown>) => {
          const before = admin.requestsSent();
          await call();
          return admin.requestsSent() - before;
        };
        await create();
        const topics = names.map((name) => ({ name, partitions: 1, replicationFactor: 1, config: {} }));
        expect(await cost(() => admin.createTopics(topics))).toBe(1);
        await becomes('all show', async () => (await admin.topics(names)).length, names.length);
        expect(await cost(() => admin.topics())).toBe(1);
        expect(await cost(() => admin.topicConfigs(names, ['retention.ms', 'cleanup.policy']))).toBe(1);
        expect(await cost(() => admin.alterTopicConfigs(new Map(names.map((name) => [name, { 'retention.ms': '1000' }]))))).toBe(1);
        expect(await cost(() => admin.deleteTopics(names))).toBe(1);
        await becomes('none is left', async () => (await admin.topics(names)).length, 0);
      });
    });

    describe('settings of a topic', () => {
      it('are changed without touching the others, and reset', async () => {
        const name = await create({ config: { 'retention.ms': 60000, 'segment.ms': 60000 } });
        const change = (changes: Record<string, string | null>) => admin.alterTopicConfigs(new Map([[name, changes]]));
        expect(told(await change({ 'retention.ms': '120000', 'max.message.bytes': '2000' }))).toEqual(['done']);
        await becomes('the change shows', async () => sorted(await own(name)), {
          'max.message.bytes': '2000',
          'retention.ms': '120000',
          'segment.ms': '60000',
        });
        expect(told(await change({ 'retention.ms': null }))).toEqual(['done']);
        await becomes('the reset shows', async () => sorted(await own(name)), { 'max.message.bytes': '2000', 'segment.ms': '60000' });
        const described = await admin.topicConfigs([name], ['retention.ms', 'segment.ms']);
        const sources = (described.get(name) ?? []).map(({ key, source }) => [key, source === 'topic']);
        expect(sorted(Object.fromEntries(sources))).toEqual({ 'retention.ms': false, 'segment.ms': true });
      });

      it('are refused with a reason, and each topic is answered for', async () => {
        const [first, second] = [await create(), await create()];
        const absent = fresh('absent');
        const outcomes = await admin.alterTopicConfigs(
          new Map([
            [first, { 'retention.ms': 'soon' }],
            [second, { 'retention.ms': '5000' }],
            [absent, { 'retention.ms': '5000' }],
          ]),
        );
        expect(told(outcomes)).toEqual(['invalid', 'done', 'not-found']);
        await becomes('the good one shows', () => own(second), { 'retention.ms': '5000' });
        expect(await own(first)).toEqual({});
      });

      it('are only checked, where that is all that is asked', async () => {
        const name = await create({ config: { 'segment.ms': 60000 } });
        const check = (value: string) => admin.alterTopicConfigs(new Map([[name, { 'segment.ms': value }]]), { validateOnly: true });
        expect(told(await check('70000'))).toEqual(['done']);
        expect(told(await check('soon'))).toEqual(['invalid']);
        await create();
        expect(await own(name)).toEqual({ 'segment.ms': '60000' });
      });
    });

    describe('settings of brokers', () => {
      const rate = 'leader.replication.throttled.rate';
      it('are set and reset on one broker', async () => {
        const [first = 0, second = 0] = subject.brokers;
        const read = async () =>
          [...(await admin.brokerConfigs([first, second])).values()].map((entries) => entries.find(({ key }) => key === rate)?.value);
        expect(told(await admin.alterBrokerConfigs(new Map([[first, { [rate]: '1000000' }]])))).toEqual(['done']);
        await becomes('the rate shows', read, ['1000000', undefined]);
        expect(told(await admin.alterBrokerConfigs(new Map([[first, { [rate]: null }]])))).toEqual(['done']);
        await becomes('the rate is gone', read, [undefined, undefined]);
        expect(told(await admin.alterBrokerConfigs(new Map([[first, { [rate]: 'fast' }]])))).toEqual(['invalid']);
      });

      it('are set for all of them, and topics inherit', async () => {
        const name = await create();
        const read = async () =>
          (await admin.topicConfigs([name], ['file.delete.delay.ms'])).get(name)?.map(({ value, source }) => [value, source])[0];
        expect(told(await admin.alterBrokerConfigs(new Map([['all' as const, { 'log.segment.delete.delay.ms': '70000' }]])))).toEqual([
          'done',
        ]);
        await becomes('the topic inherits', read, ['70000', 'cluster']);
        expect((await admin.brokerConfigs(['all'])).get('all')).toContainEqual({
          key: 'log.segment.delete.delay.ms',
          value: '70000',
          source: 'cluster',
        });
        expect(told(await admin.alterBrokerConfigs(new Map([['all' as const, { 'log.segment.delete.delay.ms': null }]])))).toEqual([
          'done',
        ]);
        await becomes(
          'nothing is left',
          async () => (await admin.brokerConfigs(['all'])).get('all')?.some(({ key }) => key === 'log.segment.delete.delay.ms'),
          false,
        );
      });
    });

    describe('placement', () => {
      it('moves replicas, and tells when that is done', async () => {
        const [first = 0, second = 0] = subject.brokers;
        const name = await create({ assignment: [[first]] });
        expect(told(await admin.reassign(new Map([[`${name}-0`, [second]]])))).toEqual(['done']);
        await becomes('it has moved', async () => (await admin.topics([name]))[0]?.partitions[0]?.replicas, [second]);
        await becomes('no move is under way', async () => (await admin.reassignments()).has(`${name}-0`), false);
      });

      it('answers for each move that is refused', async () => {
        const name = await create();
        const absent = fresh('absent');
        const outcomes = await admin.reassign(
          new Map<string, readonly number[] | null>([
            [`${name}-0`, [999]],
            [`${absent}-0`, [subject.brokers[0] ?? 0]],
          ]),
        );
        expect(told(outcomes)).toEqual(['invalid', 'not-found']);
        expect(told(await admin.reassign(new Map([[`${name}-0`, null]])))).toEqual(['not-found']);
      });

      it('gives leadership back to the preferred replica', async () => {
        const [first = 0, second = 0] = subject.brokers;
        const name = await create({ assignment: [[first, second]] });
        expect(told(await admin.electPreferredLeaders([`${name}-0`]))).toEqual(['done']);
        // The order changes without a move: the leader stays where it was until an election.
        expect(told(await admin.reassign(new Map([[`${name}-0`, [second, first]]])))).toEqual(['done']);
        await becomes('the order has changed', async () => (await admin.topics([name]))[0]?.partitions[0]?.replicas, [second, first]);
        await waitFor('the election succeeds', async () => told(await admin.electPreferredLeaders([`${name}-0`]))[0] === 'done');
        await becomes('the other leads', async () => (await admin.topics([name]))[0]?.partitions[0]?.leader, second);
        expect(told(await admin.electPreferredLeaders([`${fresh('absent')}-0`]))).toEqual(['not-found']);
      });

      it('tells the size of each replica on its broker', async () => {
        const [first = 0, second = 0] = subject.brokers;
        const name = await create({ assignment: [[second]] });
        await becomes('the replica has a size', async () => (await admin.logSizes([first, second])).get(second)?.get(`${name}-0`), 0);
        expect((await admin.logSizes([first])).get(first)?.has(`${name}-0`)).toBe(false);
      });
    });

    describe('ACLs', () => {
      it('are made, read and removed as a set, in one request each', async () => {
        const principal = `User:${fresh('principal')}`;
        const entries = [
          acl({ principal }),
          acl({ principal, operation: 'WRITE', permission: 'DENY', host: '10.0.0.1' }),
          acl({ principal, resourceType: 'GROUP', resourceName: 'orders-', patternType: 'PREFIXED' }),
          acl({ principal, resourceType: 'CLUSTER', resourceName: 'kafka-cluster', operation: 'DESCRIBE' }),
          acl({ principal, resourceType: 'TRANSACTIONAL_ID', resourceName: '*', operation: 'ALL' }),
          ...Array.from({ length: 100 }, (_, index) => acl({ principal, resourceName: `orders-${index}` })),
        ];
        const before = admin.requestsSent();
        expect(new Set(told(await admin.createAcls(entries)))).toEqual(new Set(['done']));
        expect(admin.requestsSent() - before).toBe(1);
        const keys = entries.map(aclKey).sort();
        await becomes('all show', async () => (await aclsOf(principal)).map(aclKey).sort(), keys);

        // Making what is there is no error and changes nothing.
        expect(told(await admin.createAcls(entries.slice(0, 2)))).toEqual(['done', 'done']);
        await becomes('each is there once', async () => (await aclsOf(principal)).map(aclKey).sort(), keys);

        const removed = await admin.deleteAcls([...entries.slice(1), acl({ principal, resourceName: 'never' })]);
        expect(told(removed).slice(-2)).toEqual(['done', 'not-found']);
        await becomes('one is left', () => aclsOf(principal), entries.slice(0, 1));
        expect(told(await admin.deleteAcls(entries.slice(0, 1)))).toEqual(['done']);
        await becomes('none is left', () => aclsOf(principal), []);
      });

      it('are refused one by one', async () => {
        const principal = `User:${fresh('principal')}`;
        const outcomes = await admin.createAcls([acl({ principal: 'nobody' }), acl({ principal })]);
        expect(told(outcomes)).toEqual(['invalid', 'done']);
        await becomes('the good one shows', async () => (await aclsOf(principal)).length, 1);
        await admin.deleteAcls([acl({ principal })]);
      });
    });

    describe('users', () => {
      it('are made, rotated, listed without their passwords, and removed', async () => {
        const user = fresh('user');
        const wanted = { user, mechanism, iterations: 4096, password: 'first' } as const;
        expect(told(await admin.upsertScramUsers([wanted, { ...wanted, mechanism: 'SCRAM-SHA-256', iterations: 8192 }]))).toEqual([
          'done',
          'done',
        ]);
        const credentials = async () =>
          [...((await admin.scramUsers()).get(user) ?? [])].sort((a, b) => (a.mechanism < b.mechanism ? -1 : 1));
        await becomes('both mechanisms show', credentials, [
          { mechanism: 'SCRAM-SHA-256', iterations: 8192 },
          { mechanism: 'SCRAM-SHA-512', iterations: 4096 },
        ]);
        const login = async (password: string, mechanism: ScramMechanism) => {
          const client = subject.login(user, password, mechanism);
          return client
            .cluster()
            .then(
              () => 'in',
              (failure) => failure.reason,
            )
            .finally(() => client.close());
        };
        await becomes('it logs in', () => login('first', mechanism), 'in');
        await becomes('it logs in the other way', () => login('first', 'SCRAM-SHA-256'), 'in');
        expect(await login('wrong', mechanism)).toBe('authentication-failed');

        expect(told(await admin.upsertScramUsers([{ ...wanted, password: 'second' }]))).toEqual(['done']);
        await becomes('the old password is out', () => login('first', mechanism), 'authentication-failed');
        await becomes('the new password is in', () => login('second', mechanism), 'in');

        const gone = await admin.deleteScramUsers([
          { user, mechanism },
          { user: fresh('absent'), mechanism },
        ]);
        expect(told(gone)).toEqual(['done', 'not-found']);
        await becomes('one mechanism is left', credentials, [{ mechanism: 'SCRAM-SHA-256', iterations: 8192 }]);
        expect(told(await admin.deleteScramUsers([{ user, mechanism: 'SCRAM-SHA-256' }]))).toEqual(['done']);
        await becomes('the user is gone', async () => (await admin.scramUsers()).has(user), false);
      });

      it('are refused with too few iterations', async () => {
        const user = fresh('user');
        expect(told(await admin.upsertScramUsers([{ user, mechanism, iterations: 100, password: 'x' }]))).toEqual(['invalid']);
      });
    });

    describe('a guard', () => {
      it('is asked before each request that writes and no other, and ends a call by what it throws', async () => {
        const topic = { name: fresh('guarded'), partitions: 1, replicationFactor: 1, config: {} };
        let asked = 0;
        admin.guardWrites(async () => {
          if (asked++ > 0) throw new Error('the lock is lost');
        });
        try {
          expect(told(await admin.createTopics([topic]))).toEqual(['done']);
          await admin.topics();
          expect(asked).toBe(1);
          await expect(admin.deleteTopics([topic.name])).rejects.toThrow('the lock is lost');
          expect(asked).toBe(2);
        } finally {
          admin.guardWrites(undefined);
        }
        await becomes('the topic is there still', async () => (await admin.topics([topic.name])).length, 1);
        expect(told(await admin.deleteTopics([topic.name]))).toEqual(['done']);
      });
    });

    describe('quotas', () => {
      it('are set for addresses and their default, which are limited in how often they connect and in nothing else', async () => {
        const ip = `192.0.2.${1 + Math.floor(Math.random() * 250)}`;
        const limits = { connection_creation_rate: 7 };
        const ofAddresses = async () =>
          (await admin.quotas())
            .flatMap((quota) => (quota.ip === ip || quota.ip === null ? [JSON.stringify(sorted({ ...quota }))] : []))
            .sort();
        const text = (quotas: readonly object[]) => quotas.map((quota) => JSON.stringify(sorted({ ...quota }))).sort();
        const outcomes = await admin.alterQuotas([
          { ip, limits },
          { ip: null, limits },
        ]);
        expect([told(outcomes), [...outcomes.keys()].sort()]).toEqual([['done', 'done'], [`ip=${ip}`, 'ip=<default>'].sort()]);
        await becomes(
          'both show',
          ofAddresses,
          text([
            { ip, limits },
            { ip: null, limits },
          ]),
        );
        expect(told(await admin.alterQuotas([{ ip, limits: { producer_byte_rate: 1 } }]))).toEqual(['invalid']);
        expect(told(await admin.alterQuotas([{ user: fresh('user'), limits }]))).toEqual(['invalid']);
        const removed = { connection_creation_rate: null };
        await admin.alterQuotas([
          { ip, limits: removed },
          { ip: null, limits: removed },
        ]);
        await becomes('none is left', ofAddresses, []);
      });

      it('are set for users, clients, pairs and defaults, each limit by itself, and removed', async () => {
        const [user, clientId] = [fresh('user'), fresh('client')];
        const mine = async () =>
          (await admin.quotas())
            .filter((quota) => quota.user === user || quota.clientId === clientId)
            .map((quota) => JSON.stringify(sorted({ ...quota, limits: sorted(quota.limits) })))
            .sort();
        const text = (quotas: readonly object[]) => quotas.map((quota) => JSON.stringify(sorted({ ...quota }))).sort();
        const outcomes = await admin.alterQuotas([
          { user, limits: { producer_byte_rate: 1000, request_percentage: 12.5 } },
          { clientId, limits: { consumer_byte_rate: 2000 } },
          { user, clientId, limits: { controller_mutation_rate: 3 } },
          { user: null, clientId, limits: { consumer_byte_rate: 4000 } },
        ]);
        expect(told(outcomes)).toEqual(['done', 'done', 'done', 'done']);
        expect([...outcomes.keys()]).toContain(`user=<default>,client-id=${clientId}`);
        await becomes(
          'all show',
          mine,
          text([
            { user, limits: { producer_byte_rate: 1000, request_percentage: 12.5 } },
            { clientId, limits: { consumer_byte_rate: 2000 } },
            { user, clientId, limits: { controller_mutation_rate: 3 } },
            { user: null, clientId, limits: { consumer_byte_rate: 4000 } },
          ]),
        );
        expect(told(await admin.alterQuotas([{ user, limits: { producer_byte_rate: 5 } }], { validateOnly: true }))).toEqual(['done']);
        expect(told(await admin.alterQuotas([{ user, limits: { producer_byte_rate: null } }]))).toEqual(['done']);
        await becomes('the other limit stays', async () => (await mine()).filter((each) => each.includes('request_percentage')), [
          JSON.stringify({ limits: { request_percentage: 12.5 }, user }),
        ]);
        await admin.alterQuotas([
          { user, limits: { request_percentage: null } },
          { clientId, limits: { consumer_byte_rate: null } },
          { user, clientId, limits: { controller_mutation_rate: null } },
          { user: null, clientId, limits: { consumer_byte_rate: null } },
        ]);
        await becomes('none is left', mine, []);
      });
    });

    describe('groups', () => {
      it('that nobody has heard of have no offsets', async () => {
        expect(await admin.groupOffsets(fresh('absent'))).toEqual(new Map());
      });
    });

    describe('offsets of a group', () => {
      it('are set for one that has no members, and read back', async () => {
        const [name, group] = [await create({ partitions: 2 }), fresh('group')];
        const absent = `${fresh('absent')}-0`;
        const offsets = new Map([
          [`${name}-0`, 0n],
          [`${name}-1`, 5_000_000_000n],
          [absent, 1n],
        ]);
        // The coordinator of the group may hear of the topic later than the broker that was asked for it.
        await becomes('they are taken', async () => told(await admin.setGroupOffsets(group, offsets)), ['done', 'done', 'not-found']);
        await becomes(
          'they show',
          async () => [...(await admin.groupOffsets(group))].map(([key, offset]) => [key, String(offset)]).sort(),
          [
            [`${name}-0`, '0'],
            [`${name}-1`, '5000000000'],
          ],
        );
        await becomes('the group shows', async () => (await admin.groups()).filter((each) => each.group === group), [
          { group, state: 'empty', members: 0, topics: [] } as const,
        ]);
      });
    });

    describe('who may see', () => {
      it('is told apart from an empty cluster', async () => {
        const hidden = await create();
        expect(await admin.mayListTopics()).toBe(true);
        const { user, client } = await stranger();
        const principal = `User:${user}`;
        expect(await client.topics()).toEqual([]);
        expect(await client.mayListTopics()).toBe(false);
        await expect(client.topics([hidden])).rejects.toMatchObject({ reason: 'not-authorized' });

        const topics = acl({ principal, operation: 'DESCRIBE', resourceName: '*' });
        const cluster = acl({ principal, operation: 'DESCRIBE', resourceType: 'CLUSTER', resourceName: 'kafka-cluster' });
        await admin.createAcls([topics]);
        await becomes('the topic shows', async () => (await client.topics([hidden]).catch(() => [])).length, 1);
        // Without a look at the ACLs nobody can know that nothing is denied.
        expect(await client.mayListTopics()).toBe(false);
        await admin.createAcls([cluster]);
        await becomes('all topics show', () => client.mayListTopics(), true);

        const denied = acl({ principal, permission: 'DENY', operation: 'ALL', resourceName: hidden });
        await admin.createAcls([denied]);
        await becomes('one topic is hidden', () => client.mayListTopics(), false);
        expect(await admin.mayListTopics()).toBe(true);
        await admin.deleteAcls([denied, topics, cluster]);
      });

      it('and nothing else, may change nothing, and is told so item by item', async () => {
        const name = await create();
        const { client } = await stranger();
        const shape = { partitions: 1, replicationFactor: 1, config: {} };
        expect(told(await client.createTopics([{ ...shape, name: fresh('topic') }]))).toEqual(['not-authorized']);
        expect(told(await client.deleteTopics([name]))).toEqual(['not-authorized']);
        expect(told(await client.alterTopicConfigs(new Map([[name, { 'retention.ms': '1' }]])))).toEqual(['not-authorized']);
        expect(told(await client.createAcls([acl({})]))).toEqual(['not-authorized']);
        expect(told(await client.upsertScramUsers([{ user: 'x', mechanism, iterations: 4096, password: 'x' }]))).toEqual([
          'not-authorized',
        ]);
        expect(told(await client.alterQuotas([{ user: 'x', limits: { producer_byte_rate: 1 } }]))).toEqual(['not-authorized']);
        expect(told(await client.reassign(new Map([[`${name}-0`, [subject.brokers[1] ?? 0]]])))).toEqual(['not-authorized']);
        await expect(client.acls()).rejects.toMatchObject({ name: 'ClusterFailure', reason: 'not-authorized' });
        await expect(client.quotas()).rejects.toMatchObject({ reason: 'not-authorized' });
        await expect(client.logSizes(subject.brokers)).rejects.toMatchObject({ reason: 'not-authorized' });
        expect((await admin.topics([name])).length).toBe(1);
      });
    });

    it('answers no more once it is closed', async () => {
      const { client } = await stranger();
      await client.close();
      await expect(client.topics()).rejects.toMatchObject({ name: 'ClusterFailure', reason: 'closed' });
    });
  });
}

/** The reasons in the order of the items, `done` for those that were. */
export function told(outcomes: Outcomes): string[] {
  return [...outcomes.values()].map((outcome: Outcome) => (outcome.done ? 'done' : outcome.reason));
}

function sorted<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
