import { describe, expect, it } from '@jest/globals';
import { ClusterFailure, memoryAdmin } from '../../lib/kafka';
import { readBackup } from '../../lib/operate';
import { planFor, portsOf, recordOf, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';
import { backupFrom, backupText, restore } from '../support/operate/backup';

const sink = { 'connector.class': 'FileSink', topics: 'a' };
const archive = { connector: 'archive', config: sink, secrets: { key: 'archive-key' }, state: 'paused' } as const;
const environment = desiredWith({ connectors: [archive] });

/** Workers with a declared connector and two of others, of which one has a secret that nobody declared. */
async function backedUp(): Promise<string> {
  const cluster = testCluster();
  await cluster.connect.put('archive', { ...sink, key: 'hush' });
  await cluster.connect.pause('archive');
  await cluster.connect.put('foreign', sink);
  await cluster.connect.put('locked', { ...sink, 'db.password': 'hush' });
  return (await backupText(memoryAdmin(cluster.memory), environment, undefined, cluster.connect)).text;
}

function fresh(): TestCluster {
  const cluster = testCluster();
  cluster.secrets.set('archive-key', 'hush again');
  return cluster;
}

describe('the connectors of a backup', () => {
  it('come back with secrets from where the environment has them; of others they come back as theirs, or are named', async () => {
    const target = fresh();
    const text = await backedUp();
    const { plan, result } = await restore(backupFrom(text), environment, portsOf(target));
    expect(result.status).toBe('complete');
    const there = await target.connect.connectors();
    expect([...there].map(([name, { state, config }]) => [name, state, config]).sort()).toEqual([
      ['archive', 'paused', { ...sink, key: 'hush again' }],
      ['foreign', 'running', sink],
    ]);
    expect(plan.notes).toEqual([
      {
        code: 'connector-without-secret',
        message: 'the connector locked is not there, and no backup has its db.password; declare it with secrets, or make it by hand',
      },
    ]);
    expect((await recordOf(target)).connectors).toEqual(new Set(['archive']));
    expect((await restore(backupFrom(text), environment, portsOf(target))).result.status).toBe('nothing-to-do');
    expect((await planFor(environment, portsOf(target))).steps).toEqual([]);
  });

  it('are changed where they are owned, and shown where they are not', async () => {
    const target = fresh();
    const text = await backedUp();
    await restore(backupFrom(text), environment, portsOf(target));
    await target.connect.put('archive', { ...sink, topics: 'b', key: 'hush again' });
    await target.connect.put('foreign', { ...sink, topics: 'b' });
    await target.connect.put('later', sink);
    const { plan } = await restore(backupFrom(text), environment, portsOf(target));
    expect(plan.steps.map((step) => (step.kind === 'refuse' ? [step.id, step.reason] : step.id))).toEqual([
      ['refuse connector foreign', 'it exists, differs from what is in the backup, and is not owned'],
      'put-connector archive',
    ]);
    const there = await target.connect.connectors();
    expect([...there].map(([name, { config }]) => [name, config.topics]).sort()).toEqual([
      ['archive', 'a'],
      ['foreign', 'b'],
      ['later', 'a'],
    ]);
  });

  it('are left out where no workers are named, and refused where they do not answer', async () => {
    const text = await backedUp();
    const { connect, ...without } = portsOf(fresh());
    const { plan } = await restore(backupFrom(text), environment, without);
    expect([plan.steps, plan.notes.map(({ message }) => message)]).toEqual([
      [],
      ['the backup has 3 connectors, which are left out; give --connect'],
    ]);
    const silent = { ...connect, connectors: () => Promise.reject(new ClusterFailure('timed-out', 'http://connect did not answer')) };
    const refused = await restore(backupFrom(text), environment, { ...without, connect: silent as never });
    expect(refused.plan.steps.map(({ id }) => id)).toEqual(['refuse Kafka Connect']);
  });

  it('of a backup of the first format are none, and what runs stays as it is', async () => {
    const target = fresh();
    await target.connect.put('foreign', sink);
    const backup = { ...backupFrom(await backedUp()), formatVersion: 1 as const, connectors: null };
    const { result } = await restore(backup, environment, portsOf(target));
    expect(result.status).toBe('nothing-to-do');
    expect([...(await target.connect.connectors()).keys()]).toEqual(['foreign']);
    expect(readBackup(await backedUp()).problems).toEqual([]);
  });
});
