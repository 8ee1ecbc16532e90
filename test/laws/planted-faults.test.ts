import { describe, expect, it } from '@jest/globals';
import { environmentLoader, nodeFileSystem } from '../../lib/environment';
import { parseEnvironment } from '../../lib/model';
import { root } from '../architecture/sources';
import { faults } from './faults';

const loader = environmentLoader(nodeFileSystem(root));
const good = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .map(({ id }) => ({ id, value: loader.load(id).value as Record<string, unknown> }));

/** Every fault in every environment that has the place for it. */
const planted = good.flatMap(({ id, value }) =>
  faults.flatMap(({ name, code, plant }) => {
    const changed = structuredClone(value);
    return plant(changed) ? [{ id, name, code, changed }] : [];
  }),
);

const codesOf = (value: unknown) =>
  parseEnvironment(value)
    .problems.filter(({ severity }) => severity !== 'notice')
    .map(({ code }) => code);

describe('faults planted in good environments', () => {
  it('are at least 150, and every kind has a place somewhere', () => {
    expect(planted.length).toBeGreaterThanOrEqual(150);
    const kinds = new Set(planted.map(({ name }) => name));
    expect(faults.filter(({ name }) => !kinds.has(name)).map(({ name }) => name)).toEqual([]);
  });

  it('are all found', () => {
    const missed = planted
      .filter(({ code, changed }) => !codesOf(changed).includes(code))
      .map(({ id, name, changed }) => ({ id, name, found: codesOf(changed) }));
    expect(missed).toEqual([]);
  });

  it('are not seen where nothing is wrong', () => {
    const errors = good.flatMap(({ id, value }) =>
      parseEnvironment(value)
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code }) => `${id} ${code}`),
    );
    expect(errors).toEqual([]);
  });

  it('are no news in an environment that has them already', () => {
    // A fault is found because it was planted: the environment as it is does not have it.
    const before = new Map(good.map(({ id, value }) => [id, new Set(codesOf(value))]));
    expect(planted.filter(({ id, code }) => before.get(id)?.has(code)).map(({ id, name }) => `${id}: ${name}`)).toEqual([]);
  });
});
