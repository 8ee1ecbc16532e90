import { expect, it } from '@jest/globals';
import { apply, desiredOf, renderResult } from '../../../lib/converge';
import { describeQuorum } from '../../../lib/kafka/protocol/describe-quorum';
import { Session as Connected } from '../../../lib/kafka/session';
import type { Environment, EnvironmentInput } from '../../../lib/model';
import { waitFor } from '../../support/kafka/wait-for';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { administrator } from '../kafka-admin/clusters';
import { environmentFor, type Mode, type Session, sessionOn } from './clusters';
import { evict } from './vacate';

const allow = { allow: ['data-loss', 'irreversible'] } as const;

function environmentWith(mode: Mode, prefix: string, replicationFactor: number): Environment {
  const topics: EnvironmentInput['topics'] = {};
  for (let index = 0; index < 12; index++)
    topics[`${prefix}-${index}`] = { partitions: 2, replicationFactor: 2, config: { 'retention.ms': 3_600_000 } };
  topics[`${prefix}-wide`] = { partitions: 1, replicationFactor };
  return environmentFor(mode, { topics, access: [{ intent: 'producer', principal: 'worker', topics: [`${prefix}-*`] }] });
}

/** Nodes that are lost: the controller in the middle of a run, and one before it. */
export function losses(mode: Mode, cluster: () => LocalCluster): void {
  let dead: string | undefined;

  it('says what was done and what not when the controller is killed midway, and running again finishes it', async () => {
    const session = await sessionOn(cluster());
    await evict(session);
    const environment = environmentWith(mode, 'midway', 2);
    const plan = await session.plan(desiredOf(environment));
    const controller = `kafka-${await controllerOf(mode, cluster(), session)}`;
    let killed: Promise<void> | undefined;
    const result = await apply(plan, session.ports, {
      ...allow,
      onProgress: ({ doing }) => {
        if (doing !== 'create-topic') return;
        killed ??= cluster().kill(controller);
      },
    });
    await killed;
    dead = controller;
    expect(result.outcomes.map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => id));
    const before = result.outcomes.filter(({ id }) => /^(upsert-user|create-acls|set-quota)/.test(id));
    expect([before.length > 0, before.every(({ status }) => status === 'done')]).toEqual([true, true]);
    for (const { id, status, reason, message } of result.outcomes)
      if (status !== 'done')
        expect({ id, reason, message }).toEqual({ id, reason: expect.any(String), message: expect.stringMatching(/\w+ \w+/) });
    const text = renderResult(plan, result);
    const last = text.trim().split('\n').at(-1);
    expect(last).toMatch(
      result.status === 'complete'
        ? /all \d+ done/
        : result.status === 'partial'
          ? /\d+ of \d+ done/
          : /broken off after \d+ of \d+: .*; run again to finish/,
    );

    await waitFor('the loss is known', async () => (await session.admin.cluster()).brokers.length === 2);
    const again = await session.converge(environment, allow);
    expect(again.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect((await session.plan(desiredOf(environment))).steps).toEqual([]);
    await session.close();
  }, 600_000);

  it('does what can be done while a broker is down, and refuses the rest with what to do', async () => {
    if (dead === undefined) throw new Error('no broker is down');
    const session = await sessionOn(cluster());
    const environment = environmentWith(mode, 'short', 3);
    const result = await session.converge(environment, allow);
    expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([
      {
        id: 'refuse topic short-wide replication',
        status: 'failed',
        reason: 'refused',
        message: '3 replicas need as many brokers, and 2 are there; start the missing brokers, or lower replicationFactor',
      },
    ]);
    await cluster().restart(dead);
    await waitFor('it is back', async () => (await session.admin.cluster()).brokers.length === 3);
    expect((await session.converge(environment, allow)).status).toBe('complete');
    expect((await session.plan(desiredOf(environment))).steps).toEqual([]);
    await session.close();
  }, 600_000);

  it('turns to those who take over when a broker dies that it has dealt with', async () => {
    const { admin, log, close } = await sessionOn(cluster());
    // As many as it takes for each broker to coordinate some.
    const names = Array.from({ length: 9 }, (_, index) => `survivor-${index}`);
    await admin.createTopics([{ name: 'read-on', partitions: 1, replicationFactor: 3, config: {} }]);
    await waitFor('the topic can be read', async () => (await log.read('read-on')) !== undefined);
    const holds = await Promise.all(names.map((name) => log.lock(name)));
    for (const name of names) expect(await admin.groupOffsets(name)).toEqual(new Map());
    const [topic] = await admin.topics(['read-on']);
    const leader = `kafka-${topic?.partitions[0]?.leader}`;
    await cluster().kill(leader);
    try {
      for (const hold of holds) expect(await hold.holds()).toBe(true);
      for (const name of names) expect(await admin.groupOffsets(name)).toEqual(new Map());
      expect(await log.read('read-on')).toEqual(new Map());
    } finally {
      await cluster().restart(leader);
      await waitFor('it is back', async () => (await admin.cluster()).brokers.length === 3);
      await admin.deleteTopics(['read-on']);
      await close();
    }
  }, 600_000);
}

/** With KRaft brokers name anybody as the controller; the quorum knows its leader. */
async function controllerOf(mode: Mode, cluster: LocalCluster, { admin }: Session): Promise<number> {
  if (mode === 'zookeeper') return (await admin.cluster()).controllerId ?? 0;
  const connected = new Connected(await administrator(cluster));
  const { leader } = await connected.read(describeQuorum, undefined);
  await connected.close();
  return leader;
}
