import { describe, expect, it } from '@jest/globals';
import { type AclEntry, aclsOf, type Environment, parseEnvironment } from '../../lib/model';
import { connectAcls, consumerAcls, producerAcls, streamsAcls } from '../../lib/model/grant';
import { type Change, environmentWith } from './good-environment';

function environment(change: Change): Environment {
  const { environment: result, problems } = parseEnvironment(environmentWith({ access: [], topicAccess: {}, ...change }), {
    platforms: ['kubernetes'],
  });
  if (result === undefined) throw new Error(JSON.stringify(problems));
  return result;
}

/** `principal@host operation TYPE name`, with an asterisk after a prefix and `!` before a refusal. */
const text = ({ principal, host, operation, permission, resourceType, resourceName, patternType }: AclEntry): string =>
  `${permission === 'DENY' ? '!' : ''}${principal}@${host} ${operation} ${resourceType} ${resourceName}${patternType === 'PREFIXED' ? '…' : ''}`;
const acls = (change: Change): readonly string[] => aclsOf(environment(change)).map(text);

describe('aclsOf', () => {
  it('takes topicAccess as it is written, with READ on the consumer groups', () => {
    const topicAccess = {
      orders: {
        producers: [{ principal: 'User:shop', operations: ['WRITE', 'DESCRIBE'] }],
        consumers: [{ principal: 'User:billing', operations: ['READ', 'DESCRIBE'], consumerGroups: ['billing', 'bills-*'] }],
      },
    };
    expect(acls({ topicAccess })).toEqual(
      [
        'User:billing@* READ GROUP billing',
        'User:billing@* READ GROUP bills-…',
        'User:billing@* DESCRIBE TOPIC orders',
        'User:billing@* READ TOPIC orders',
        'User:shop@* DESCRIBE TOPIC orders',
        'User:shop@* WRITE TOPIC orders',
      ].sort(byPrincipal),
    );
  });

  it('spreads user groups to their members, each from its own hosts', () => {
    const access = [{ intent: 'consumer', principal: 'Group:analysts', topics: ['customers'], groups: ['analysts'] }];
    expect(acls({ access })).toEqual([
      'User:billing@* READ GROUP analysts',
      'User:billing@* DESCRIBE TOPIC customers',
      'User:billing@* READ TOPIC customers',
      'User:report@192.0.2.7 READ GROUP analysts',
      'User:report@192.0.2.7 DESCRIBE TOPIC customers',
      'User:report@192.0.2.7 READ TOPIC customers',
    ]);
  });

  it('names each ACL once, however often it follows', () => {
    const producer = { intent: 'producer', principal: 'shop', topics: ['orders'] };
    expect(acls({ access: [producer, { ...producer, principal: 'User:shop' }] })).toEqual([
      'User:shop@* DESCRIBE TOPIC orders',
      'User:shop@* WRITE TOPIC orders',
    ]);
  });

  it('does not depend on the order of the file', () => {
    const access = [
      { intent: 'producer', principal: 'shop', topics: ['orders', 'customers'], transactionalIds: ['shop-*'] },
      { intent: 'consumer', principal: 'billing', topics: ['orders'], groups: ['b', 'a'] },
    ];
    expect(acls({ access: [...access].reverse() })).toEqual(acls({ access }));
  });

  it('takes raw intents by the letter, and refusals from everywhere', () => {
    const raw = { intent: 'raw', principal: 'report', resourceType: 'TOPIC', resourceName: 'orders', operations: ['READ'] };
    expect(acls({ access: [raw] })).toEqual(['User:report@192.0.2.7 READ TOPIC orders']);
    expect(acls({ access: [{ ...raw, hosts: ['198.51.100.1'], patternType: 'PREFIXED' }] })).toEqual([
      'User:report@198.51.100.1 READ TOPIC orders…',
    ]);
    expect(acls({ access: [{ ...raw, permission: 'DENY' }] })).toEqual(['!User:report@* READ TOPIC orders']);
  });

  it('gives an administrator everything', () => {
    expect(acls({ access: [{ intent: 'admin', principal: 'operator' }] })).toEqual([
      'User:operator@* ALL CLUSTER kafka-cluster',
      'User:operator@* ALL DELEGATION_TOKEN *',
      'User:operator@* ALL GROUP *',
      'User:operator@* ALL TOPIC *',
      'User:operator@* ALL TRANSACTIONAL_ID *',
    ]);
  });

  it('keeps the intent without an authorizer', () => {
    const access = [{ intent: 'producer', principal: 'shop', topics: ['orders'] }];
    expect(acls({ authorization: 'none', 'security/auditLogging': false, access })).toHaveLength(2);
  });
});

function byPrincipal(a: string, b: string): number {
  const key = (line: string) =>
    line.replace(
      /^(\S+)@\S+ (\S+) (\S+) (\S+)$/,
      (_, who, what, type, name) => `${who} ${type} ${String(name).endsWith('…') ? 'P' : 'L'} ${name} ${what}`,
    );
  return key(a) < key(b) ? -1 : 1;
}

describe('grants', () => {
  it('let a producer write and use transactions', () => {
    expect(producerAcls('shop', ['orders', 'log-*'], { transactionalIds: ['shop'] }).map(text)).toEqual([
      'User:shop@* DESCRIBE TOPIC orders',
      'User:shop@* WRITE TOPIC orders',
      'User:shop@* DESCRIBE TOPIC log-…',
      'User:shop@* WRITE TOPIC log-…',
      'User:shop@* DESCRIBE TRANSACTIONAL_ID shop',
      'User:shop@* WRITE TRANSACTIONAL_ID shop',
    ]);
  });

  it('let a consumer read and commit', () => {
    expect(consumerAcls('User:billing', ['*'], { groups: ['billing'], hosts: ['192.0.2.7', '192.0.2.8'] }).map(text)).toEqual([
      'User:billing@192.0.2.7 READ GROUP billing',
      'User:billing@192.0.2.8 READ GROUP billing',
      'User:billing@192.0.2.7 DESCRIBE TOPIC *',
      'User:billing@192.0.2.8 DESCRIBE TOPIC *',
      'User:billing@192.0.2.7 READ TOPIC *',
      'User:billing@192.0.2.8 READ TOPIC *',
    ]);
  });

  it('let Kafka Streams keep its own topics and group', () => {
    const lines = streamsAcls('app', { applicationId: 'totals', reads: ['orders'], writes: ['sums'] }).map(text);
    expect(lines).toContain('User:app@* CREATE TOPIC totals-…');
    expect(lines).toContain('User:app@* READ GROUP totals');
    expect(lines).toContain('User:app@* WRITE TRANSACTIONAL_ID totals-…');
    expect(lines.filter((line) => line.endsWith('TOPIC orders'))).toEqual([
      'User:app@* DESCRIBE TOPIC orders',
      'User:app@* READ TOPIC orders',
    ]);
  });

  it('let Connect keep its storage, and its sinks read as their groups', () => {
    const connect = { group: 'connect-cluster', storageTopics: ['connect-configs'], reads: [], writes: ['sums'] };
    const lines = connectAcls('connect', connect).map(text);
    expect(lines).toContain('User:connect@* CREATE TOPIC connect-configs');
    expect(lines.filter((line) => line.includes('GROUP'))).toEqual([
      'User:connect@* DESCRIBE GROUP connect-cluster',
      'User:connect@* READ GROUP connect-cluster',
    ]);
    expect(connectAcls('connect', { ...connect, reads: ['orders'] }).map(text)).toContain('User:connect@* READ GROUP connect-…');
  });
});
