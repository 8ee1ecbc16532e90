import { describe, expect, it } from '@jest/globals';
import { concreteIds, environmentOf } from '../environments/environments';
import { breaches, type ProviderSchema, providerSchema } from '../support/docker/provider-schema';
import { terraform } from '../support/docker/terraform';
import { describeWith } from '../support/parts';

const small: ProviderSchema = {
  docker_thing: {
    block: {
      attributes: {
        name: { type: 'string', required: true },
        size: { type: 'number', optional: true },
        id: { type: 'string' },
        env: { type: ['set', 'string'], optional: true },
        opts: { type: ['map', 'string'], optional: true },
      },
      block_types: { check: { nesting_mode: 'list', max_items: 1, block: { attributes: { test: { type: 'string', required: true } } } } },
    },
  },
};
const checked = (thing: Record<string, unknown>) =>
  breaches({ terraform: {}, provider: {}, resource: { docker_thing: { a: thing } } }, small);

describe('the check against a schema', () => {
  it('accepts what fits, expressions and Terraform’s own arguments', () => {
    expect(
      checked({ name: 'a', size: `\${docker_thing.b.size}`, env: ['A=b'], opts: { a: 'b' }, check: { test: 'x' }, depends_on: [] }),
    ).toEqual([]);
  });

  it.each([
    [{}, 'docker_thing.a.name: is missing'],
    [{ name: 'a', nam: 'b' }, 'docker_thing.a.nam: is unknown'],
    [{ name: 1 }, 'docker_thing.a.name: 1 is no string'],
    [{ name: 'a', size: '3' }, 'docker_thing.a.size: "3" is no number'],
    [{ name: 'a', id: 'b' }, 'docker_thing.a.id: is read only'],
    [{ name: 'a', env: 'A=b' }, 'docker_thing.a.env: is no set'],
    [{ name: 'a', opts: { a: 1 } }, 'docker_thing.a.opts.a: 1 is no string'],
    [{ name: 'a', check: [{ test: 'x' }, { test: 'y' }] }, 'docker_thing.a.check: 2 blocks, of 0 to 1'],
    [{ name: 'a', check: {} }, 'docker_thing.a.check[0].test: is missing'],
  ])('finds what is wrong with %j', (thing, breach) => {
    expect(checked(thing)).toEqual([breach]);
  });

  it('finds a resource that the provider does not have', () => {
    expect(breaches({ terraform: {}, provider: {}, resource: { docker_thin: { a: {} } } }, small)).toEqual(['docker_thin: is no resource']);
  });
});

describeWith(['docker-provider-schema'], 'the Docker provider', () => {
  const schema = providerSchema();

  it.each(concreteIds())('takes what %s becomes', (id) => {
    expect(breaches(terraform(environmentOf(id)), schema as ProviderSchema)).toEqual([]);
  });
});
