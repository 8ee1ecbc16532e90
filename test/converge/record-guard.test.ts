import { describe, expect, it } from '@jest/globals';
import { type Desired, desiredOf, plan, readLive } from '../../lib/converge';
import { type AclEntry, aclKey, aclSet, type EnvironmentInput } from '../../lib/model';
import { converge, planFor, portsOf, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';
import { brokerPool, environmentOf, securedListeners } from '../support/runtime/environment';

const guard = (principal: string): AclEntry => ({
  principal,
  host: '*',
  operation: 'ALL',
  permission: 'DENY',
  resourceType: 'TOPIC',
  resourceName: '_kafkon',
  patternType: 'LITERAL',
});

function guardsOf(access: EnvironmentInput['access']): readonly AclEntry[] {
  const environment = environmentOf({
    kafka: { version: '4.3.1' },
    metadata: { mode: 'kraft' },
    nodePools: [{ ...brokerPool, roles: ['broker', 'controller'] }],
    listeners: [...securedListeners],
    authorization: 'acl',
    serviceAccounts: { shop: {} },
    access,
  });
  return desiredOf(environment).acls.filter(({ permission }) => permission === 'DENY');
}

const raw = (change: object) => ({ intent: 'raw', principal: 'shop', resourceType: 'TOPIC', operations: ['READ'], ...change }) as never;

describe('the record of what is owned', () => {
  it.each([
    { access: 'every topic to read', grants: [raw({ resourceName: '*' })] },
    { access: 'a prefix that it begins with', grants: [raw({ resourceName: '_', patternType: 'PREFIXED', operations: ['WRITE'] })] },
    { access: 'every topic as a consumer', grants: [{ intent: 'consumer', principal: 'shop', topics: ['*'], groups: ['shop'] } as never] },
    { access: 'every topic to change', grants: [raw({ resourceName: '*', operations: ['ALTER_CONFIGS'] })] },
  ])('is closed to an account that was given $access', ({ grants }) => {
    expect(guardsOf(grants)).toEqual([guard('User:shop')]);
  });

  it.each([
    { access: 'topics of another prefix', grants: [raw({ resourceName: 'orders', patternType: 'PREFIXED' })] },
    { access: 'every topic to describe', grants: [raw({ resourceName: '*', operations: ['DESCRIBE', 'DESCRIBE_CONFIGS'] })] },
    { access: 'every group', grants: [raw({ resourceType: 'GROUP', resourceName: '*' })] },
    { access: 'everything, ACLs included', grants: [{ intent: 'admin', principal: 'shop' } as never] },
  ])('needs no refusal for an account that was given $access', ({ grants }) => {
    expect(guardsOf(grants)).toEqual([]);
  });

  it('is not reached unseen by what others granted', async () => {
    const cluster = testCluster();
    const put = (entry: AclEntry) => cluster.memory.state.acls.set(aclKey(entry), entry);
    const reading = (principal: string, change: Partial<AclEntry> = {}): AclEntry => ({
      ...guard(principal),
      permission: 'ALLOW',
      operation: 'READ',
      resourceName: '*',
      ...change,
    });
    const notes = async () => (await planFor(desiredWith(), portsOf(cluster))).notes.map(({ code, message }) => `${code}: ${message}`);
    put(reading('User:backup', { resourceName: '_kaf', patternType: 'PREFIXED' }));
    put(reading('User:narrow', { resourceName: 'orders' }));
    put(reading('User:refused'));
    put(guard('User:refused'));
    expect(await notes()).toEqual([
      "record-reachable: ALLOW User:backup READ on topic _kaf* reaches _kafkon, the record of what is owned, and is somebody else's; narrow it, or deny User:backup ALL on topic _kafkon",
    ]);
    put(guard('User:*'));
    expect(await notes()).toEqual([]);
  });

  it('is reached by nobody of whom nothing is said when he may change ACLs', async () => {
    const cluster = testCluster();
    const all: AclEntry = { ...guard('User:root'), permission: 'ALLOW', resourceName: '*' };
    const cluster_: AclEntry = { ...all, resourceType: 'CLUSTER', resourceName: 'kafka-cluster' };
    for (const entry of [all, cluster_]) cluster.memory.state.acls.set(aclKey(entry), entry);
    expect((await planFor(desiredWith(), portsOf(cluster))).notes).toEqual([]);
  });
});

describe('grants of a declared account that others made', () => {
  const foreign: AclEntry = { ...guard('User:shop'), permission: 'ALLOW', operation: 'READ', resourceName: 'orders' };

  async function noteOf(change: Partial<Desired>) {
    const cluster = testCluster();
    cluster.memory.state.acls.set(aclKey(foreign), foreign);
    const desired = desiredWith({ accounts: ['User:shop'], ...change });
    await converge(desired, portsOf(cluster));
    expect([...cluster.memory.state.acls.keys()]).toContain(aclKey(foreign));
    return plan(desired, await readLive(desired, portsOf(cluster))).notes.map(({ code, drift }) => [code, drift]);
  }

  it('are a drift, also where the account is given nothing', async () => {
    expect(await noteOf({})).toEqual([['foreign-acls', true]]);
    expect(await noteOf({ acls: aclSet([{ ...foreign, operation: 'WRITE' }]) })).toEqual([['foreign-acls', true]]);
  });

  it('are noted where the environment owns only what it declares', async () => {
    expect(await noteOf({ aclPolicy: 'own-declared' })).toEqual([['foreign-acls', undefined]]);
  });

  it('are nothing to say of where they are declared, or the account is not', async () => {
    expect(await noteOf({ acls: [foreign] })).toEqual([]);
    expect(await noteOf({ accounts: [] })).toEqual([]);
  });
});
