import { describe, expect, it } from '@jest/globals';
import { apply, changeOwnership, type Desired, desiredOf, isDrift, type Plan, renderPlan } from '../../lib/converge';
import type { EnvironmentInput } from '../../lib/model';
import { converge, Killed, planFor, portsOf, putTopic, recordOf, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';
import { backupFrom, backupText, restore } from '../support/operate/backup';
import { brokerPool, environmentOf, securedListeners } from '../support/runtime/environment';

const topic = { name: 'orders', partitions: 3, replicationFactor: 2, config: {} };
const desired = desiredWith({ topics: [topic] });

/** Six brokers in three racks: 1 and 4 in a, 2 and 5 in b, 3 and 6 in c. */
const six = () => [1, 2, 3, 4, 5, 6].map((id) => ({ id, rack: ['a', 'b', 'c'][(id - 1) % 3] ?? '' }));

/** An owned topic of which the first two partitions lie in rack a alone. */
async function stacked(moveRequests = 2): Promise<TestCluster & { readonly brokers: { id: number; rack: string }[] }> {
  const brokers = six();
  const cluster = testCluster({ brokers, moveRequests });
  await converge(desiredWith(), portsOf(cluster));
  putTopic(cluster, 'orders', [
    [1, 4],
    [4, 1],
    [1, 2],
  ]);
  for (const partition of cluster.memory.state.topics.get('orders')?.partitions ?? []) partition.size = 2 ** 20;
  await adopt(cluster);
  return { ...cluster, brokers };
}

const adopt = (cluster: TestCluster) => changeOwnership(desired, portsOf(cluster), { kind: 'topics', names: ['orders'], action: 'adopt' });

const throttled = ({ memory: { state } }: TestCluster) =>
  [...state.brokerConfigs.values(), ...[...state.topics.values()].map(({ config }) => config)].flatMap((config) =>
    [...config.keys()].filter((key) => key.includes('throttled')),
  );

const placesOf = ({ memory }: TestCluster) => memory.state.topics.get('orders')?.partitions.map(({ replicas }) => replicas);

const replicationStep = ({ steps }: Plan) => {
  const [step] = steps;
  return steps.length === 1 && step?.kind === 'change-replication' ? step : raise(steps.map(({ id }) => id).join());
};

function raise(steps: string): never {
  throw new Error(`steps: ${steps}`);
}

describe('copies of an owned topic in fewer racks than they could be in', () => {
  it('are a drift, and moved by one step that says how much is copied, and how to take it back', async () => {
    const plan = await planFor(desired, portsOf(await stacked()));
    expect(isDrift(plan)).toBe(true);
    expect(renderPlan(plan)).toBe(`orders-production on cluster 4L6g3nShT-eMCtK--X86sw: 1 step

  ~ topic orders: copies of 2 partitions spread over more racks
      affects: brokers copy 2 replicas, 2 MiB in all, under a throttle
`);
    const { moves, ...step } = replicationStep(plan);
    expect(step).toMatchObject({ class: 'online', from: 2, to: 2, copies: 2, spreads: 2 });
    expect(Object.entries(moves).map(([id, [leader]]) => [id, leader])).toEqual([
      ['0', 1],
      ['1', 4],
    ]);
    const former =
      '{"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[1,4]},{"topic":"orders","partition":1,"replicas":[4,1]}]}';
    expect(step.undo).toEqual([
      'declare convergence.spreadOverRacks: false',
      `kafka-reassign-partitions.sh --bootstrap-server $BOOTSTRAP --execute --reassignment-json-file <(echo '${former}')`,
    ]);
    expect(renderPlan(plan, 'markdown')).toContain(
      '| ~ | topic orders | copies of 2 partitions spread over more racks | online | brokers copy 2 replicas, 2 MiB in all, under a throttle |',
    );
    expect(JSON.parse(renderPlan(plan, 'json'))).toMatchObject({ steps: [{ spreads: 2, moves }] });
  });

  it('are spread under a throttle that is gone at the end, and then there is nothing left to do', async () => {
    const cluster = await stacked();
    const spied: string[] = [];
    const ports = portsOf(cluster, (call, moment) => {
      if (moment === 'before' && call === 'reassign') spied.push(...throttled(cluster));
    });
    expect((await converge(desired, ports)).status).toBe('complete');
    expect(spied).toContain('leader.replication.throttled.rate');
    expect(throttled(cluster)).toEqual([]);
    expect(placesOf(cluster)?.[2]).toEqual([1, 2]);
    const again = await planFor(desired, portsOf(cluster));
    expect([again.steps, isDrift(again)]).toEqual([[], false]);
    expect((await recordOf(cluster)).moving.size).toBe(0);
  });

  it('are spread in the same step in which their number changes', async () => {
    const cluster = await stacked();
    const more = desiredWith({ topics: [{ ...topic, replicationFactor: 3 }] });
    const plan = await planFor(more, portsOf(cluster));
    expect(renderPlan(plan)).toContain('topic orders: replicas 2 → 3, copies of 2 partitions spread over more racks');
    expect(replicationStep(plan)).toMatchObject({ from: 2, to: 3, copies: 5, spreads: 2 });
    expect(replicationStep(plan).undo[0]).toBe('declare replicationFactor: 2 and convergence.spreadOverRacks: false');
    await converge(more, portsOf(cluster));
    expect(placesOf(cluster)?.map((replicas) => new Set(replicas.map((id) => id % 3)).size)).toEqual([3, 3, 3]);
    expect((await planFor(more, portsOf(cluster))).steps).toEqual([]);
  });

  it('are copied under a throttle by a plan too that does not say how many, as those of earlier versions do not', async () => {
    const cluster = await stacked();
    const more = desiredWith({ topics: [{ ...topic, replicationFactor: 3 }] });
    const { steps, ...plan } = await planFor(more, portsOf(cluster));
    const earlier = steps.map((step) => {
      const { copies: _, spreads: __, ...rest } = step.kind === 'change-replication' ? step : raise(step.id);
      return rest;
    });
    const spied: string[] = [];
    const ports = portsOf(cluster, (call, moment) => {
      if (moment === 'before' && call === 'reassign') spied.push(...throttled(cluster));
    });
    expect((await apply({ ...plan, steps: earlier }, ports)).status).toBe('complete');
    expect([spied.includes('leader.replication.throttled.rate'), throttled(cluster)]).toEqual([true, []]);
  });

  it('move a hundred partitions at once, go on after a kill in the middle, and are not done where the time is up', async () => {
    const cluster = testCluster({ brokers: six() });
    putTopic(
      cluster,
      'orders',
      Array.from({ length: 250 }, () => [1, 4]),
    );
    await adopt(cluster);
    const many = desiredWith({ topics: [{ ...topic, partitions: 250 }] });
    const waves: number[] = [];
    const spy = (dies: number) => (call: string, moment: string) => {
      if (call !== 'reassign' || moment !== 'after') return;
      waves.push(cluster.memory.state.moves.size);
      if (waves.length === dies) throw new Killed();
    };
    const short = await converge(many, portsOf(cluster, spy(9)), { moveWithinMs: -1 });
    expect(short.outcomes).toMatchObject([{ id: 'change-replication orders', status: 'failed', reason: 'timed-out' }]);
    expect([throttled(cluster).length > 0, waves]).toEqual([true, [100]]);
    await expect(converge(many, portsOf(cluster, spy(2)))).rejects.toThrow(Killed);
    expect((await converge(many, portsOf(cluster, spy(9)))).status).toBe('complete');
    expect(waves).toEqual([100, 100, 50]);
    expect(throttled(cluster)).toEqual([]);
    expect((await planFor(many, portsOf(cluster))).steps).toEqual([]);
  });

  it('are left where they are by an environment that says so', async () => {
    const cluster = await stacked();
    const off: Desired = { ...desired, spreadOverRacks: false };
    expect((await planFor(off, portsOf(cluster))).steps).toEqual([]);
    const spreads = (convergence: EnvironmentInput['convergence']) =>
      desiredOf(
        environmentOf({
          kafka: { version: '4.3.1' },
          metadata: { mode: 'kraft' },
          nodePools: [{ ...brokerPool, roles: ['broker', 'controller'] }],
          listeners: [...securedListeners],
          convergence,
        }),
      ).spreadOverRacks;
    expect([spreads({}), spreads({ spreadOverRacks: false })]).toEqual([true, false]);
  });

  it('are left where they are by a restoration', async () => {
    const cluster = await stacked();
    const { text } = await backupText(portsOf(cluster).admin, desired);
    const { plan } = await restore(backupFrom(text), desired, portsOf(cluster));
    expect([plan.steps, placesOf(cluster)?.[0]]).toEqual([[], [1, 4]]);
  });

  it('are moved once: a move that is under way is only seen to its end', async () => {
    const cluster = await stacked(16);
    const dying = portsOf(cluster, (call, moment) => {
      if (call === 'reassign' && moment === 'after') throw new Killed();
    });
    await expect(converge(desired, dying)).rejects.toThrow(Killed);
    const step = replicationStep(await planFor(desired, portsOf(cluster)));
    expect(step).toMatchObject({ moves: {}, copies: 0, spreads: 0 });
    expect(throttled(cluster)).not.toEqual([]);
    await converge(desired, portsOf(cluster));
    expect(throttled(cluster)).toEqual([]);
    expect((await planFor(desired, portsOf(cluster))).steps).toEqual([]);
  });

  it('wait for a broker that is down', async () => {
    const cluster = await stacked();
    const [gone] = cluster.brokers.splice(3, 1);
    expect((await planFor(desired, portsOf(cluster))).steps).toEqual([]);
    if (gone !== undefined) cluster.brokers.push(gone);
    expect(replicationStep(await planFor(desired, portsOf(cluster))).spreads).toBe(2);
  });

  it('are not moved by a plan that was made for other racks', async () => {
    const cluster = await stacked();
    const plan = await planFor(desired, portsOf(cluster));
    cluster.brokers[1] = { id: 2, rack: 'a' };
    await expect(apply(plan, portsOf(cluster))).rejects.toThrow('changed since: racks of brokers');
  });
});

describe('copies of a topic that is not owned, in fewer racks than they could be in', () => {
  it('are noted and stay, until it is adopted', async () => {
    const cluster = testCluster({ brokers: six() });
    putTopic(cluster, 'orders', [
      [1, 4],
      [2, 3],
      [2, 3],
    ]);
    const plan = await planFor(desired, portsOf(cluster));
    expect([plan.steps, isDrift(plan)]).toEqual([[], false]);
    expect(plan.notes.map(({ message }) => message)).toEqual([
      'the topic orders is as declared and not owned, and has copies in fewer racks than they could be in; to have them spread: kafkon topics <environment> adopt orders',
    ]);
    await converge(desired, portsOf(cluster));
    expect(placesOf(cluster)?.[0]).toEqual([1, 4]);
    await adopt(cluster);
    expect(replicationStep(await planFor(desired, portsOf(cluster))).spreads).toBe(1);
  });
});
