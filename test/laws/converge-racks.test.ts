import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeOwnership, type Desired } from '../../lib/converge';
import { converge, planFor, portsOf, putTopic, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';
import { snapshot } from '../support/converge/snapshot';
import { cases, patienceMs } from './converge-arbitraries';
import { everyCrashPoint } from './every-crash-point';

interface Case {
  readonly brokers: readonly { readonly id: number; readonly rack: string }[];
  /** Copies of a topic that was made before there were racks. */
  readonly old: readonly (readonly number[])[];
  readonly factor: number;
  /** Partitions and copies of a topic that the cluster places by itself. */
  readonly fresh: readonly [partitions: number, factor: number];
}

/** Racks of one broker and of several beside each other. */
const anyCase: fc.Arbitrary<Case> = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 }).chain((racks) => {
  const brokers = racks.map((rack, index) => ({ id: index + 1, rack }));
  const ids = brokers.map(({ id }) => id);
  const factor = fc.integer({ min: 1, max: ids.length });
  return factor.chain((before) =>
    fc.record({
      brokers: fc.constant(brokers),
      old: fc.array(fc.shuffledSubarray(ids, { minLength: before, maxLength: before }), { minLength: 1, maxLength: 4 }),
      factor: fc.oneof(fc.constant(before), factor),
      fresh: fc.tuple(fc.integer({ min: 1, max: 5 }), factor),
    }),
  );
});

/** Everything on it is owned. */
async function clusterOf({ brokers, old }: Case): Promise<TestCluster> {
  const cluster = testCluster({ brokers });
  putTopic(cluster, 'old', old);
  await changeOwnership(desiredWith({ topics: [declared('old', old.length, 1)] }), portsOf(cluster), {
    kind: 'topics',
    names: ['old'],
    action: 'adopt',
  });
  return cluster;
}

const declared = (name: string, partitions: number, replicationFactor: number) => ({ name, partitions, replicationFactor, config: {} });

const desiredIn = ({ old, factor, fresh }: Case): Desired =>
  desiredWith({ topics: [declared('fresh', ...fresh), declared('old', old.length, factor)] });

/** How many racks the copies of each partition are in, and what is throttled. */
function spreadOf({ memory: { state } }: TestCluster, { brokers }: Case) {
  const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));
  const racks = (name: string) =>
    state.topics.get(name)?.partitions.map(({ replicas }) => new Set(replicas.map((id) => rackOf.get(id))).size);
  const configs = [...state.brokerConfigs.values(), ...[...state.topics.values()].map(({ config }) => config)];
  const throttled = configs.flatMap((config) => [...config.keys()].filter((key) => key.includes('throttled')));
  return { old: racks('old'), fresh: racks('fresh'), throttled };
}

describe('a cluster in racks, once converged', () => {
  it(
    'has every partition in as many racks as can be, whoever placed it, no throttle, and nothing left to do',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase, async (each) => {
          const cluster = await clusterOf(each);
          await converge(desiredIn(each), portsOf(cluster));
          const racks = new Set(each.brokers.map(({ rack }) => rack)).size;
          const [partitions, factor] = each.fresh;
          expect(spreadOf(cluster, each)).toEqual({
            old: each.old.map(() => Math.min(each.factor, racks)),
            fresh: Array.from({ length: partitions }, () => Math.min(factor, racks)),
            throttled: [],
          });
          expect((await planFor(desiredIn(each), portsOf(cluster))).steps).toEqual([]);
        }),
        { numRuns: cases(100) },
      );
    },
    patienceMs,
  );

  it(
    'is the same after a run that was killed at any request and run again',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase, fc.constantFrom('before' as const, 'after' as const), async (each, moment) => {
          const first = desiredWith({ topics: [declared('old', each.old.length, each.old[0]?.length ?? 1)], spreadOverRacks: false });
          await everyCrashPoint(
            () => clusterOf(each),
            [first, desiredIn(each)],
            moment,
            (cluster) => ({ ...snapshot(cluster.memory.state), ...spreadOf(cluster, each) }),
          );
        }),
        { numRuns: cases(8) },
      );
    },
    patienceMs,
  );
});
