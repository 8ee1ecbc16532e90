import { describe, expect, it } from '@jest/globals';
import { type Environment, hostsOf, networksOf, parseEnvironment } from '../../lib/model';
import { parseAllowed } from '../../lib/model/allow-list';
import { environmentWith } from './good-environment';

function withLists(ipAllowlists: object, ofReport?: readonly string[]): Environment {
  const change = { 'security/ipAllowlists': ipAllowlists, 'serviceAccounts/report/ipAllowlists': ofReport };
  const { environment, problems } = parseEnvironment(environmentWith(change), { platforms: ['kubernetes'] });
  if (environment === undefined) throw new Error(JSON.stringify(problems));
  return environment;
}

describe('parseAllowed', () => {
  it.each([
    ['0.0.0.0/0', { kind: 'any' }],
    ['::/0', { kind: 'any' }],
    ['192.0.2.7', { kind: 'address', text: '192.0.2.7' }],
    ['192.0.2.7/32', { kind: 'address', text: '192.0.2.7' }],
    ['2001:db8::7', { kind: 'address', text: '2001:db8::7' }],
    ['2001:db8::7/128', { kind: 'address', text: '2001:db8::7' }],
    ['192.0.2.0/24', { kind: 'network', text: '192.0.2.0/24' }],
    ['2001:db8::/32', { kind: 'network', text: '2001:db8::/32' }],
  ])('reads %s', (text, expected) => expect(parseAllowed(text)).toEqual(expected));

  it.each([
    '',
    'office',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.07',
    '192.0.2.0/33',
    '2001:db8::1::2',
    '2001:db8:1',
    '192.0.2.0/24/8',
    '192.0.2.1-9',
  ])('refuses "%s"', (text) => expect(parseAllowed(text)).toBeUndefined());
});

describe('hostsOf', () => {
  it('is everybody without lists, or with one that holds everybody', () => {
    expect(hostsOf(withLists({}), 'report')).toEqual(['*']);
    expect(hostsOf(withLists({ a: ['192.0.2.7'], b: ['0.0.0.0/0'] }), 'report')).toEqual(['*']);
  });

  it('is the single addresses of all lists, or of those that the account names', () => {
    const lists = { a: ['192.0.2.8/32', '192.0.2.7'], b: ['192.0.2.9'] };
    expect(hostsOf(withLists(lists), 'report')).toEqual(['192.0.2.7', '192.0.2.8', '192.0.2.9']);
    expect(hostsOf(withLists(lists, ['b']), 'report')).toEqual(['192.0.2.9']);
  });

  it('is everybody with a network, which the listener keeps', () => {
    expect(hostsOf(withLists({ a: ['192.0.2.7', '198.51.100.0/24'] }), 'report')).toEqual(['*']);
  });
});

describe('networksOf', () => {
  const lists = { a: ['192.0.2.7'], b: ['198.51.100.0/24', '2001:db8::7'] };

  it("is the listener's own, or those of all lists", () => {
    expect(networksOf(withLists(lists), { allowFrom: ['203.0.113.0/24'] })).toEqual(['203.0.113.0/24']);
    expect(networksOf(withLists(lists), { allowFrom: [] })).toEqual(['192.0.2.7/32', '198.51.100.0/24', '2001:db8::7/128']);
  });

  it('is empty for everybody', () => {
    expect(networksOf(withLists({}), { allowFrom: [] })).toEqual([]);
    expect(networksOf(withLists({ ...lists, c: ['0.0.0.0/0'] }), { allowFrom: [] })).toEqual([]);
  });
});

describe('an account limited to networks', () => {
  const problems = (change: object) =>
    parseEnvironment(environmentWith({ 'security/ipAllowlists/office': ['192.0.2.0/24'], ...change }), { platforms: ['kubernetes'] })
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code} ${message}`);

  it('is refused while a listener is open to others', () => {
    expect(problems({})).toEqual([expect.stringContaining('the listener "EXTERNAL" is open to anywhere')]);
    expect(problems({ 'listeners/2/allowFrom': ['192.0.2.0/24', '198.51.100.0/24'] })).toEqual([
      expect.stringContaining('the listener "EXTERNAL" is open to 198.51.100.0/24'),
    ]);
  });

  it('is fine where the listener takes the same networks', () => {
    expect(problems({ 'listeners/2/allowFrom': ['192.0.2.0/24'] })).toEqual([]);
  });
});
