import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { apply, desiredOf, planWithImpact, readLive } from '../../../lib/converge';
import type { KafkaAdmin } from '../../../lib/kafka';
import type { Backup } from '../../../lib/operate';
import { waitFor } from '../../support/kafka/wait-for';
import { backupFrom, backupText, restore } from '../../support/operate/backup';
import type { temporaryFolders } from '../../support/temporary-folder';
import { environmentFor, type Running, start } from './clusters';

/** What must come back: all but when it was made, of which cluster, and users nobody has a password of. */
function comparable({ createdAt: _, clusterId: __, users, ...rest }: Backup) {
  return { ...rest, users: users.filter(({ user }) => user !== 'stranger') };
}

/** What others than the convergence made. */
async function useByHand(admin: KafkaAdmin): Promise<void> {
  const outcomes = [
    await admin.createTopics([{ name: 'foreign', partitions: 4, replicationFactor: 1, config: { 'max.message.bytes': '2000000' } }]),
    await admin.createAcls([
      {
        principal: 'User:stranger',
        host: '10.0.0.1',
        operation: 'READ',
        permission: 'ALLOW',
        resourceType: 'TOPIC',
        resourceName: 'for',
        patternType: 'PREFIXED',
      },
    ]),
    await admin.upsertScramUsers([{ user: 'stranger', mechanism: 'SCRAM-SHA-256', iterations: 4096, password: 'str4nger-password' }]),
    await admin.alterQuotas([{ clientId: null, limits: { producer_byte_rate: 5_000_000 } }]),
    await admin.alterBrokerConfigs(new Map([['all' as const, { 'max.connections.per.ip': '1000' }]])),
    await admin.alterBrokerConfigs(new Map([[1, { 'background.threads': '8' }]])),
  ];
  expect(outcomes.flatMap((each) => [...each.values()].filter(({ done }) => !done))).toEqual([]);
  await waitFor('the topic', async () => (await admin.topics(['foreign'])).length === 1);
  for (const group of ['billing', 'reports']) {
    const offsets = new Map([
      ['orders-0', 7n],
      ['orders-2', 9_007_199_254_740_993n],
      ['foreign-3', 0n],
    ]);
    expect([...(await admin.setGroupOffsets(group, offsets)).values()].filter(({ done }) => !done)).toEqual([]);
  }
}

const versions = { kraft: '4.3.1', zookeeper: '3.9.2' } as const;

/** A backup made in one cluster and restored into another. */
export function backups(mode: 'kraft' | 'zookeeper', temporaryFolder: ReturnType<typeof temporaryFolders>): void {
  const environment = environmentFor(mode);
  const desired = desiredOf(environment);
  const running: Running[] = [];
  let text = '';

  beforeAll(async () => {
    // One after the other: on a busy machine brokers wait for ZooKeeper no longer than its own time limit.
    for (const name of ['source', 'target']) running.push(await start(environment, versions[mode], temporaryFolder(name)));
  });

  afterAll(async () => {
    await Promise.all(running.map((each) => each.close()));
  });

  const [source, target] = [() => running[0] as Running, () => running[1] as Running];

  it('is made by an account that may see everything and do nothing', async () => {
    const { ports, backupAccount } = source();
    const plan = await planWithImpact(desired, await readLive(desired, ports), ports.admin);
    expect((await apply(plan, ports)).status).toBe('complete');
    await useByHand(ports.admin);
    const whole = async () => {
      const backup = backupFrom((await backupText(ports.admin, desired)).text);
      return backup.groups.length === 2 && backup.brokerConfigs.length === 2 && backup.acls.some(({ host }) => host === '10.0.0.1');
    };
    await waitFor('everything to show', whole);
    await waitFor('the account to see everything', () => backupAccount.mayListTopics());
    text = (await backupText(backupAccount, desired)).text;
    expect(text).toBe((await backupText(ports.admin, desired)).text);
    const backup = backupFrom(text);
    expect(backup.topics.map(({ name }) => name)).toEqual(['foreign', 'orders', 'payments']);
    expect(backup.groups[0]?.offsets).toEqual({ 'foreign-3': '0', 'orders-0': '7', 'orders-2': '9007199254740993' });
    expect(text).not.toContain('password');

    const topic = { name: 'no', partitions: 1, replicationFactor: 1, config: {} };
    const refused = [
      ...(await backupAccount.createTopics([topic])).values(),
      ...(await backupAccount.setGroupOffsets('billing', new Map([['orders-0', 1n]]))).values(),
      ...(await backupAccount.alterTopicConfigs(new Map([['orders', { 'retention.ms': '1' }]]))).values(),
    ];
    expect(refused.map((each) => (each.done ? 'done' : each.reason))).toEqual(['not-authorized', 'not-authorized', 'not-authorized']);
  });

  it('brings everything back into a fresh cluster, but passwords that nobody knows', async () => {
    const { ports } = target();
    const backup = backupFrom(text);
    const { plan, result } = await restore(backup, desired, ports, { fromOtherCluster: true, consent: {} });
    expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(plan.notes.map(({ code }) => code)).toEqual(['user-without-password']);
    expect(comparable(backupFrom((await backupText(ports.admin, desired)).text))).toEqual(comparable(backup));
    const users = await ports.admin.scramUsers();
    expect([users.has('worker'), users.has('stranger')]).toEqual([true, false]);
  });

  it('has nothing left to do the second time, and leaves nothing for the next apply', async () => {
    const { ports } = target();
    const again = await restore(backupFrom(text), desired, ports, { fromOtherCluster: true, consent: {} });
    expect({ steps: again.plan.steps, status: again.result.status }).toEqual({ steps: [], status: 'nothing-to-do' });
    const next = await planWithImpact(desired, await readLive(desired, ports), ports.admin);
    expect(next.steps).toEqual([]);
  });

  it('moves an offset that was committed since with leave alone', async () => {
    const { ports } = target();
    await ports.admin.setGroupOffsets('billing', new Map([['orders-0', 12n]]));
    await waitFor('the offset', async () => (await ports.admin.groupOffsets('billing')).get('orders-0') === 12n);
    const cautious = await restore(backupFrom(text), desired, ports, { fromOtherCluster: true, consent: {} });
    expect(cautious.result.outcomes.map(({ id, reason }) => [id, reason])).toEqual([['set-group-offsets billing again', 'needs-consent']]);
    const { result } = await restore(backupFrom(text), desired, ports, { fromOtherCluster: true });
    expect(result.status).toBe('complete');
    expect((await ports.admin.groupOffsets('billing')).get('orders-0')).toBe(7n);
  });
}
