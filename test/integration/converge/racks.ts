import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { type ApplyPorts, apply, changeOwnership, type Desired, isDrift, type Plan, planWithImpact, readLive } from '../../../lib/converge';
import { partitionKey, type RecordLog } from '../../../lib/kafka';
import { waitFor } from '../../support/kafka/wait-for';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { killedAt } from './killed';

/** A running cluster of five brokers: 1 and 4 in one rack, 2 and 5 in another, 3 alone in the third. */
export interface RackedCluster {
  readonly cluster: LocalCluster;
  readonly ports: ApplyPorts;
  readonly log: RecordLog;
  readonly desired: Desired;
}

const racks = ['c', 'a', 'b'];
const rackOf = (broker: number) => racks[broker % 3] ?? '';
const before = [
  [1, 4],
  [4, 1],
  [2, 5],
  [1, 2],
];

/** Tests of copies that are spread over racks by a plan; `standing` is asked within the tests. */
export function spreadsOverRacks(standing: () => RackedCluster): void {
  const wanted = (): Desired => ({
    ...standing().desired,
    topics: [
      { name: 'placed-2', partitions: 9, replicationFactor: 2, config: {} },
      { name: 'placed-3', partitions: 9, replicationFactor: 3, config: {} },
      { name: 'stacked', partitions: before.length, replicationFactor: 2, config: { 'cleanup.policy': 'compact' } },
    ],
  });
  const planned = async (): Promise<Plan> => planWithImpact(wanted(), await readLive(wanted(), standing().ports), standing().ports.admin);
  const placesOf = async (topic: string) => {
    const [found] = await standing().ports.admin.topics([topic]);
    return found?.partitions.map(({ replicas }) => [...replicas]) ?? [];
  };
  const throttledTopics = async () => {
    const configs = await standing().ports.admin.topicConfigs(['stacked', 'placed-2', 'placed-3']);
    return [...configs].flatMap(([name, entries]) => (entries.some(({ key }) => key.includes('throttled')) ? [name] : []));
  };

  // Broker 2 keeps the throttle that somebody else gave it.
  const throttledBrokers = async () => {
    const configs = await standing().ports.admin.brokerConfigs([1, 3, 4, 5], ['leader.replication.throttled.rate']);
    return [...configs].flatMap(([id, entries]) => (entries.some(({ value }) => value !== null) ? [id] : []));
  };

  it('has nothing to do for topics that the brokers placed, and spreads what lies in one rack, killed in the middle and run again', async () => {
    const { ports, log } = standing();
    const { admin } = ports;
    const stacked = { name: 'stacked', partitions: before.length, replicationFactor: 2, assignment: before };
    await admin.createTopics([{ ...stacked, config: { 'cleanup.policy': 'compact' } }]);
    await waitFor('the topic is there', async () => (await admin.topics(['stacked']))[0]?.partitions.every(({ isr }) => isr.length === 2));
    const records = new Map(Array.from({ length: 200 }, (_, index): [string, string] => [`key-${index}`, 'x'.repeat(1000)]));
    // Another broker is asked than before, which may not know the topic yet.
    const isAppended = () =>
      log.append('stacked', records).then(
        () => true,
        () => false,
      );
    await waitFor('it takes records', isAppended);
    await changeOwnership(wanted(), ports, { kind: 'topics', names: ['stacked'], action: 'adopt' });

    const plan = await planned();
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'create-topic placed-2',
      'create-topic placed-3',
      'change-replication stacked',
      'record',
    ]);
    expect(plan.steps[2]).toMatchObject({ class: 'online', from: 2, to: 2, copies: 3, spreads: 3 });
    expect(plan.steps[2]?.affects.join()).toMatch(/^brokers copy 3 replicas, \d.* KiB in all, under a throttle$/);
    let asked = 0;
    const dying = killedAt(ports, 'reassignments', () => ++asked === 1);
    await expect(apply(plan, dying)).rejects.toThrow('killed');
    await waitFor(
      'the throttles show',
      async () => (await throttledTopics()).join() === 'stacked' && (await throttledBrokers()).length === 4,
    );

    // What moves, or has moved, is not moved once more.
    const rest = await planned();
    expect(rest.steps.find(({ id }) => id === 'change-replication stacked')).toMatchObject({ moves: {}, copies: 0, spreads: 0 });
    expect((await apply(rest, ports)).status).toBe('complete');
    await waitFor('no throttle is left', async () => (await throttledTopics()).length + (await throttledBrokers()).length === 0);
    for (const topic of ['stacked', 'placed-2', 'placed-3'])
      for (const replicas of await placesOf(topic)) expect(new Set(replicas.map(rackOf)).size).toBe(replicas.length);
    const places = await placesOf('stacked');
    expect(places.map(([leader]) => leader)).toEqual(before.map(([leader]) => leader));
    expect(places[3]).toEqual(before[3]);
    expect((await log.read('stacked'))?.size).toBe(200);
    const again = await planned();
    expect([again.steps, isDrift(again)]).toEqual([[], false]);
  });

  it('gives a command of Kafka that takes it back', async () => {
    const { cluster, ports } = standing();
    await ports.admin.reassign(new Map([[partitionKey('stacked', 3), [1, 4]]]));
    await waitFor('it lies in one rack', async () => (await placesOf('stacked'))[3]?.join() === '1,4');
    const plan = await planned();
    expect((await apply(plan, ports)).status).toBe('complete');
    expect((await placesOf('stacked'))[3]).not.toEqual([1, 4]);
    const [, command = ''] = plan.steps[0]?.undo ?? [];
    const [, former] = /^kafka-reassign-partitions\.sh .* --execute --reassignment-json-file <\(echo '(.*)'\)$/.exec(command) ?? [];
    const file = join(cluster.folder, 'former.json');
    await writeFile(file, former ?? '');
    const bootstrap = ['--bootstrap-server', cluster.bootstrap('CLIENT')];
    await cluster.tools.run('reassign', [...bootstrap, '--execute', '--reassignment-json-file', file]);
    await waitFor('it is where it was', async () => (await placesOf('stacked'))[3]?.join() === '1,4');
  });
}
