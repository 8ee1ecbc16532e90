import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Desired, ownershipTopic } from '../../lib/converge';
import { memoryAdmin } from '../../lib/kafka';
import { planRestore, readBackup } from '../../lib/operate';
import { converge, planFor, portsOf, recordOf, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';
import { snapshot } from '../support/converge/snapshot';
import { backupFrom, backupText, restore } from '../support/operate/backup';
import { cases, desired, foreign, patienceMs } from './converge-arbitraries';

const some = { numRuns: cases(100) };

const offsets = fc.dictionary(fc.constantFrom('g', 'h', 'group-1'), fc.array(fc.bigInt({ min: 0n, max: 2n ** 62n }), { maxLength: 4 }));
const settings = fc.dictionary(fc.constantFrom('log.retention.ms', 'message.max.bytes'), fc.constantFrom('1000', '2000'));

/** Gives groups offsets of what topics there are, and brokers settings of their own. */
function live(cluster: TestCluster, groups: Readonly<Record<string, readonly bigint[]>>, config: Readonly<Record<string, string>>): void {
  const { state } = cluster.memory;
  const partitions = [...state.topics]
    .filter(([name]) => name !== ownershipTopic)
    .flatMap(([name, topic]) => topic.partitions.map((_, id) => `${name}-${id}`));
  for (const [group, values] of Object.entries(groups)) {
    const committed = values.slice(0, partitions.length).map((offset, index): [string, bigint] => [partitions[index] ?? '', offset]);
    if (committed.length > 0)
      state.groups.set(group, { description: { group, state: 'empty', members: 0, topics: [] }, offsets: new Map(committed) });
  }
  if (Object.keys(config).length > 1) state.quotas.set('ip=192.0.2.1', { ip: '192.0.2.1', limits: { connection_creation_rate: 5 } });
  if (Object.keys(config).length > 0) state.brokerConfigs.set('all', new Map(Object.entries(config)));
}

/** All that a backup must bring back. */
function whole({ memory }: TestCluster) {
  const { users: _, ...rest } = snapshot(memory.state);
  const groups = [...memory.state.groups].map(([group, { offsets: committed }]) => [group, [...committed].sort()]);
  const brokers = [...memory.state.brokerConfigs].map(([broker, config]) => [broker, [...config].sort()]);
  return { ...rest, groups: groups.sort(), brokers };
}

/** Where replicas are the cluster decides; the seal goes with it. */
const unplaced = (text: string) => text.replace(/,"placement":\[[^"}]*\]/g, '').replace(/"sha256": .*/, '');

const adminOf = ({ memory }: TestCluster) => memoryAdmin(memory);

describe('a backup of any cluster', () => {
  it(
    'restored into an empty one gives the same again, and then there is nothing left to do',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, offsets, settings, async (make, environment, groups, config) => {
          const cluster = make();
          await converge(environment, portsOf(cluster));
          live(cluster, groups, config);
          const { text } = await backupText(adminOf(cluster), environment);

          const empty = testCluster();
          const { result } = await restore(backupFrom(text), environment, portsOf(empty));
          expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
          expect(whole(empty)).toEqual(whole(cluster));
          const again = await planRestore(backupFrom(text), environment, portsOf(empty));
          expect(again.plan.steps).toEqual([]);
          expect(unplaced((await backupText(adminOf(empty), environment)).text)).toBe(unplaced(text));
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'restored into the cluster it was made from plans nothing and owns no more than before',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, desired, offsets, settings, async (make, before, environment, groups, config) => {
          const cluster = make();
          await converge(before, portsOf(cluster));
          await converge({ ...environment, deleteTopics: false }, portsOf(cluster));
          live(cluster, groups, config);
          const record = await recordOf(cluster);
          const { text } = await backupText(adminOf(cluster), environment);
          const { plan, result } = await restore(backupFrom(text), environment, portsOf(cluster));
          expect({ steps: plan.steps, status: result.status }).toEqual({ steps: [], status: 'nothing-to-do' });
          expect(await recordOf(cluster)).toEqual(record);
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'takes nothing away from any other cluster, shrinks nothing, and leaves what is not owned as it is',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, foreign, desired, desired, async (one, other, first, second) => {
          const source = one();
          await converge(first, portsOf(source));
          const { text } = await backupText(adminOf(source), first);
          const target = other();
          const strangers = snapshot(target.memory.state);
          await converge(second, portsOf(target));
          const before = snapshot(target.memory.state);
          await restore(backupFrom(text), second, portsOf(target));
          const after = snapshot(target.memory.state);
          for (const [name, { partitions }] of Object.entries(before.topics))
            expect(after.topics[name]?.partitions).toBeGreaterThanOrEqual(partitions);
          for (const [name, topic] of Object.entries(strangers.topics)) expect(after.topics[name]).toEqual(topic);
          expect(after.acls).toEqual([...new Set([...before.acls, ...snapshot(source.memory.state).acls])].sort());
          for (const [subject, limits] of Object.entries(before.quotas))
            expect(Object.keys(after.quotas[subject] as object)).toEqual(expect.arrayContaining(Object.keys(limits as object)));
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'leaves the next run of the environment nothing to remove',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, async (make, environment) => {
          const cluster = make();
          await converge(environment, portsOf(cluster));
          const { text } = await backupText(adminOf(cluster), environment);
          const fresh = testCluster();
          await restore(backupFrom(text), environment, portsOf(fresh));
          const { steps } = await planFor({ ...environment, deleteTopics: true }, portsOf(fresh));
          expect(steps.filter(({ kind }) => kind.startsWith('delete-')).map(({ id }) => id)).toEqual([]);
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'is refused when it was cut anywhere, or any character of it was changed',
    async () => {
      const environment = desiredWith();
      const cluster = testCluster();
      await adminOf(cluster).createTopics([{ name: 'orders', partitions: 3, replicationFactor: 2, config: { 'retention.ms': '1' } }]);
      live(cluster, { g: [1n, 2n] }, { 'log.retention.ms': '5' });
      const { text } = await backupText(adminOf(cluster), environment);
      expect(readBackup(text).problems).toEqual([]);
      fc.assert(
        fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('0', '9', 'x', ' ', '"'), (at, letter) => {
          expect(readBackup(text.slice(0, at)).backup).toBeUndefined();
          const changed = text.slice(0, at) + letter + text.slice(at + 1);
          if (changed !== text) expect(readBackup(changed).backup).toBeUndefined();
        }),
        { numRuns: cases(500) },
      );
    },
    patienceMs,
  );

  it(
    'finishes what a restoration left that was killed at any of its calls',
    async () => {
      const environment: Desired = desiredWith({ topics: [{ name: 'orders', partitions: 2, replicationFactor: 1, config: {} }] });
      const source = testCluster();
      await converge(environment, portsOf(source));
      await adminOf(source).createTopics([{ name: 'foreign', partitions: 2, replicationFactor: 1, config: { 'retention.ms': '7' } }]);
      live(source, { g: [1n, 2n, 3n], h: [9n] }, { 'log.retention.ms': '5' });
      await source.connect.put('mover', { 'connector.class': 'FileSink', topics: 'orders' });
      await source.connect.stop('mover');
      const backup = backupFrom((await backupText(adminOf(source), environment, undefined, source.connect)).text);
      for (let index = 0; ; index++) {
        const target = testCluster();
        let calls = 0;
        const spy = () => {
          if (calls++ === index) throw new Error('killed');
        };
        const died = await restore(backup, environment, portsOf(target, spy)).then(
          () => false,
          () => true,
        );
        const { result } = await restore(backup, environment, portsOf(target));
        expect({ index, left: result.outcomes.filter(({ status }) => status !== 'done') }).toEqual({ index, left: [] });
        expect({ index, whole: whole(target) }).toEqual({ index, whole: whole(source) });
        expect(await target.connect.connectors()).toEqual(await source.connect.connectors());
        if (!died) {
          expect(index).toBeGreaterThan(10);
          break;
        }
      }
    },
    patienceMs,
  );
});
