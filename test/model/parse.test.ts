import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPath, type Problem, parseEnvironment } from '../../lib/model';
import { type Change, environmentWith } from './good-environment';
import { mistakes } from './mistakes';

const both = { platforms: ['kubernetes', 'docker'] } as const;
const problemsOf = (change: Change): readonly Problem[] => parseEnvironment(environmentWith(change), both).problems;
const lines = (change: Change): readonly string[] =>
  problemsOf(change).map(({ code, path, message }) => `${code} ${formatPath(path)}: ${message}`);

describe('parseEnvironment', () => {
  it('reports thirty mistakes of all kinds as thirty problems', () => {
    const change = Object.assign({}, ...mistakes.map((mistake) => mistake.change)) as Change;
    const errors = problemsOf(change).filter(({ severity }) => severity === 'error');
    expect(mistakes).toHaveLength(30);
    for (const { path, says } of mistakes) {
      expect(errors.filter((problem) => formatPath(problem.path) === path).map(({ message }) => message)).toEqual([
        expect.stringContaining(says),
      ]);
    }
    expect(errors).toHaveLength(30);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  it.each(mistakes.map((mistake) => [mistake.path, mistake] as const))('reports the mistake at %s alone', (_, { change, path, says }) => {
    const errors = problemsOf(change).filter(({ severity }) => severity === 'error');
    expect(errors.map((problem) => [formatPath(problem.path), problem.message])).toEqual([[path, expect.stringContaining(says)]]);
  });

  it('says what is missing', () => {
    expect(lines({ kafka: undefined, 'nodePools/0/ids': undefined, 'listeners/0/security': undefined, kind: undefined })).toEqual([
      'schema/missing kind: is missing; write one of development, testing, staging, production',
      'schema/missing kafka: is missing; write a map',
      'schema/missing nodePools[0].ids: is missing; write a list',
      'schema/missing listeners[0].security: is missing; write one of plaintext, tls, mtls, scram',
    ]);
  });

  it('tells a number from a text in both directions', () => {
    expect(lines({ 'kafka/version': 3.9, 'tags/team': true, 'nodePools/0/ids': '100' })).toEqual([
      'schema/wrong-type tags.team: true is not a text; put it in quotes',
      'schema/wrong-type kafka.version: 3.9 is not a text; put it in quotes',
      'schema/wrong-type nodePools[0].ids: "100" is not a list; write a list',
    ]);
  });

  it('finds further mistakes behind a value that hid them', () => {
    expect(lines({ 'listeners/1/security': 'sasl', 'listeners/1/port': 0 })).toEqual([
      'schema/not-allowed listeners[1].security: "sasl" is not allowed; write one of plaintext, tls, mtls, scram',
      'schema/too-small listeners[1].port: 0 is below 1; raise it to at least 1',
    ]);
  });

  it('never repeats what may be a secret, whatever is wrong with it', () => {
    const found = lines({
      'serviceAccounts/shop/secret': 'Hunter2!',
      'serviceAccounts/shop/secretValue': 'Hunter2!',
      'kafka/config/sasl.jaas.config': ['Hunter2!'],
      'secrets/a/password': 'Hunter2!',
      'secrets/b': 'Hunter2!',
      'serviceAccounts/billing': 'Hunter2!',
      'companions/connect': { config: { 'connector.password': 'Hunter2!' } },
    });
    expect(found.filter((line) => line.includes('Hunter2'))).toEqual([]);
    expect(found.filter((line) => line.startsWith('secret/literal'))).toHaveLength(3);
    expect(found).toContain(
      'schema/wrong-format serviceAccounts.shop.secret: the value is no secret name; use lower-case letters, digits and hyphens',
    );
  });

  it.each([null, undefined, 'text', 7, [], {}, { nodePools: null, topics: 3, listeners: [null] }])('takes %j without throwing', (value) => {
    const { environment, problems } = parseEnvironment(value);
    expect(environment).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
  });

  it('never throws, whatever one value of a good environment is replaced by', () => {
    const places = [
      'kind',
      'kafka',
      'kafka/config',
      'nodePools',
      'nodePools/0',
      'nodePools/0/ids',
      'listeners/0',
      'topics/orders',
      'access/0',
      'waivers',
      'platform/docker',
      'metadata',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const { environment, problems } = parseEnvironment(environmentWith({ [place]: value }));
        expect(environment === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 100 },
    );
  });

  it('does not report what follows from a value that was refused', () => {
    expect(lines({ nodePools: 'three' })).toEqual(['schema/wrong-type nodePools: "three" is not a list; write a list']);
    expect(lines({ metadata: { mode: 'zookeper' } })).toEqual([
      'schema/not-allowed metadata.mode: "zookeper" is not allowed; write one of zookeeper, kraft; the nearest is "zookeeper"',
    ]);
    expect(lines({ 'serviceAccounts/shop': 'strong' })).toEqual([
      'schema/wrong-type serviceAccounts.shop: the value is not a map; write a map',
    ]);
  });
});
