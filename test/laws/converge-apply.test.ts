import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Desired, plan, readLive } from '../../lib/converge';
import { quotaKey } from '../../lib/kafka';
import { aclKey } from '../../lib/model';
import { converge, planFor, portsOf, testCluster } from '../support/converge/cluster';
import { snapshot } from '../support/converge/snapshot';
import { cases, desired, foreign, patienceMs } from './converge-arbitraries';

const some = { numRuns: cases(150) };

/** Fewer partitions can't be had; everything else of an owned topic must be as declared. */
function expectTopics(
  wanted: Desired,
  strangers: ReadonlySet<string>,
  before: ReadonlyMap<string, number>,
  after: ReturnType<typeof snapshot>,
): void {
  for (const { name, partitions, replicationFactor, config } of wanted.topics) {
    if (strangers.has(name)) continue;
    const there = after.topics[name];
    expect(there?.partitions).toBe(Math.max(partitions, before.get(name) ?? 0));
    expect(there?.factor).toEqual([replicationFactor]);
    expect(there?.config).toMatchObject(config);
    if (wanted.configPolicy === 'own-all') expect(there?.config).toEqual(config);
  }
}

describe('the convergence, for any two desired states on any cluster', () => {
  it(
    'brings about what is owned, leaves all else alone, and has nothing left to do',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, desired, async (make, first, second) => {
          const cluster = make();
          const strangers = snapshot(cluster.memory.state);
          for (const wanted of [first, second]) {
            const before = new Map(
              Object.entries(snapshot(cluster.memory.state).topics).map(([name, { partitions }]) => [name, partitions]),
            );
            await converge(wanted, portsOf(cluster));
            const after = snapshot(cluster.memory.state);
            expectTopics(wanted, new Set(Object.keys(strangers.topics)), before, after);
            // What was there before anybody converged it is there still, as it was.
            expect(after.topics).toMatchObject(strangers.topics);
            for (const [name, topic] of Object.entries(strangers.topics)) expect(after.topics[name]).toEqual(topic);
            expect(after.acls).toEqual([...new Set([...strangers.acls, ...wanted.acls.map(aclKey)])].sort());
            for (const [subject, limits] of Object.entries(strangers.quotas)) expect(after.quotas[subject]).toMatchObject(limits as object);
            for (const entry of wanted.quotas)
              if (!(quotaKey(entry) in strangers.quotas)) expect(after.quotas[quotaKey(entry)]).toEqual(entry.limits);
            const again = await planFor(wanted, portsOf(cluster));
            expect(again.steps.filter(({ kind }) => kind !== 'refuse')).toEqual([]);
          }
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'deletes no topic without leave, and partitions never fall',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, desired, async (make, first, second) => {
          const cluster = make();
          await converge(first, portsOf(cluster));
          const before = snapshot(cluster.memory.state);
          await converge({ ...second, deleteTopics: false }, portsOf(cluster));
          const after = snapshot(cluster.memory.state);
          for (const [name, { partitions }] of Object.entries(before.topics))
            expect(after.topics[name]?.partitions).toBeGreaterThanOrEqual(partitions);
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'does nothing dangerous without consent',
    async () => {
      await fc.assert(
        fc.asyncProperty(desired, desired, async (first, second) => {
          const cluster = testCluster();
          await converge(first, portsOf(cluster));
          const before = snapshot(cluster.memory.state);
          await converge(second, portsOf(cluster), { showWithinMs: 200 });
          const after = snapshot(cluster.memory.state);
          for (const [name, topic] of Object.entries(before.topics)) expect(after.topics[name]?.partitions).toBe(topic.partitions);
        }),
        some,
      );
    },
    patienceMs,
  );

  it(
    'plans the same whatever the order in which the cluster answers',
    async () => {
      await fc.assert(
        fc.asyncProperty(foreign, desired, desired, fc.boolean(), async (make, first, second, withRecord) => {
          const cluster = make();
          if (withRecord) await converge(first, portsOf(cluster));
          const live = await readLive(second, portsOf(cluster));
          const turned = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].reverse());
          const other = {
            ...live,
            topics: turned(live.topics),
            acls: live.acls === undefined ? undefined : turned(live.acls),
            quotas: [...live.quotas].reverse(),
            ownership: {
              ...live.ownership,
              topics: turned(live.ownership.topics),
              quotas: turned(live.ownership.quotas),
              acls: new Set([...live.ownership.acls].reverse()),
            },
          };
          const one = plan(second, live);
          expect(plan(second, other)).toEqual(one);
          expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        }),
        some,
      );
    },
    patienceMs,
  );
});
