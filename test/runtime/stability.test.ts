import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { processesOf } from '../../lib/runtime';
import { testAddressing } from '../support/runtime/addressing';
import { brokerPool, environmentOf, securedListeners, zookeeperEnsemble } from '../support/runtime/environment';

const pool = (name: string, ids: readonly number[]) => ({ ...brokerPool, name, ids: [...ids] });

const environmentWith = (pools: readonly ReturnType<typeof pool>[]) =>
  environmentOf({
    kafka: { version: '3.9.2' },
    metadata: { mode: 'zookeeper', security: 'mtls', ensemble: zookeeperEnsemble },
    nodePools: [...pools],
    listeners: [...securedListeners],
    authorization: 'acl',
  });

const ids = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 4, maxLength: 12 });

describe('the processes of an environment', () => {
  it('stay as they are, to the byte, when brokers or pools are added', () => {
    fc.assert(
      fc.property(ids, fc.boolean(), (all, ownPool) => {
        const [added = 0, ...old] = all;
        const before = processesOf(environmentWith([pool('kafka', old)]), testAddressing);
        const grown = ownPool ? [pool('more', [added]), pool('kafka', old)] : [pool('kafka', [added, ...old])];
        const after = processesOf(environmentWith(grown), testAddressing);
        const oldNames = new Set(before.map(({ name }) => name));
        expect(after.filter(({ name }) => oldNames.has(name))).toEqual(before);
        expect(after.length).toBe(before.length + 1);
      }),
    );
  });

  it('do not depend on the order in which ids and pools are written', () => {
    fc.assert(
      fc.property(ids, (all) => {
        const [first = 0, ...rest] = all;
        const one = processesOf(environmentWith([pool('a', [first]), pool('b', rest)]), testAddressing);
        const other = processesOf(environmentWith([pool('b', [...rest].reverse()), pool('a', [first])]), testAddressing);
        expect(other).toEqual(one);
      }),
    );
  });
});
