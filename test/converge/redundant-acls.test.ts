import { describe, expect, it } from '@jest/globals';
import { plan, readLive } from '../../lib/converge';
import { redundantAcls } from '../../lib/converge/redundant-acls';
import { type AclEntry, aclSet } from '../../lib/model';
import { portsOf, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const grant = (change: Partial<AclEntry>): AclEntry => ({
  principal: 'User:shop',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
  resourceType: 'TOPIC',
  resourceName: 'orders',
  patternType: 'LITERAL',
  ...change,
});

describe('a redundant grant', () => {
  it.each([
    { by: 'a prefix', wide: { resourceName: 'ord', patternType: 'PREFIXED' } },
    { by: 'the asterisk', wide: { resourceName: '*' } },
    { by: 'ALL operations', wide: { operation: 'ALL' } },
    { by: 'all hosts', wide: {}, narrow: { host: '10.0.0.1' } },
    { by: 'a shorter prefix', wide: { resourceName: 'o', patternType: 'PREFIXED' }, narrow: { patternType: 'PREFIXED' } },
  ] as const)('is one that $by of the same principal holds', ({ wide, narrow = {} }) => {
    const [entry, by] = [grant(narrow), grant(wide)];
    expect(redundantAcls([entry, by])).toEqual([{ entry, by }]);
  });

  it.each([
    { than: 'of another principal', other: { principal: 'User:billing', resourceName: '*' } },
    { than: 'from one host only', other: { resourceName: '*', host: '10.0.0.1' } },
    { than: 'for another operation', other: { resourceName: '*', operation: 'WRITE' } },
    { than: 'on groups', other: { resourceName: '*', resourceType: 'GROUP' } },
    { than: 'that refuses', other: { resourceName: '*', permission: 'DENY' } },
  ] as const)('is not one beside a broader one $than', ({ other }) => {
    expect(redundantAcls([grant({}), grant(other)])).toEqual([]);
  });

  it('is named in the plan', async () => {
    const desired = desiredWith({ acls: aclSet([grant({}), grant({ resourceName: '*', operation: 'ALL' })]), accounts: ['User:shop'] });
    expect(plan(desired, await readLive(desired, portsOf(testCluster()))).notes).toEqual([
      { code: 'redundant-acl', message: 'ALLOW User:shop READ on topic orders adds nothing: ALLOW User:shop ALL on topic * holds it' },
    ]);
  });
});
