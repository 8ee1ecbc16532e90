import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { environmentJsonSchema } from '../../lib/environment/json-schema';
import { aliasRules } from '../../lib/model';

const fileSchema = environmentJsonSchema();
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(fileSchema);

/** What the schema says against a value: `/topics/a/partitions must be integer,null`. */
function complaints(value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the schema of an environment file', () => {
  it('requires nothing, since another layer may say it', () => {
    expect(complaints({})).toEqual([]);
    expect(complaints({ extends: ['a.yaml', 'b.yaml'], abstract: true, kafka: {} })).toEqual([]);
  });

  it('allows null wherever a layer may remove something', () => {
    expect(complaints({ topics: { old: null }, kafka: { config: { 'num.partitions': null }, image: null }, authorization: null })).toEqual(
      [],
    );
  });

  it('refuses unknown keys in every section', () => {
    expect(complaints({ topic: {} })).toEqual([' must NOT have additional properties']);
    expect(complaints({ topics: { a: { partition: 3 } } })).toEqual(['/topics/a must NOT have additional properties']);
    expect(complaints({ environmentOverrides: { production: { kind: 'testing' } } })).not.toEqual([]);
    expect(complaints({ environmentOverrides: { live: {} } })).not.toEqual([]);
  });

  it('refuses wrong types and values', () => {
    expect(complaints({ topics: { a: { partitions: 'many' } } })).toEqual(['/topics/a/partitions must be integer,null']);
    expect(complaints({ kind: 'prod' })).not.toEqual([]);
    expect(complaints({ metadata: { mode: 'etcd' } })).not.toEqual([]);
  });

  it('lets a layer change named lists by name, without repeating what decides between cases', () => {
    expect(complaints({ nodePools: { kafka: { heap: '2Gi', disks: { data: { size: '1T' } } }, old: null } })).toEqual([]);
    expect(complaints({ listeners: { INTERNAL: { port: 9093 } }, metadata: { ensemble: { ids: [1] } } })).toEqual([]);
  });

  it.each(aliasRules.map((rule) => [[...rule.at.split('.'), ...rule.from].join('.'), rule] as const))(
    'knows the spelling %s',
    (_, rule) => {
      const names = [...rule.at.split('.').filter((step) => step !== ''), ...rule.from];
      const schema = names.reduce<unknown>((inside, step) => schemaUnder(inside, step), fileSchema);
      expect(schema).toBeDefined();
    },
  );
});

type Schema = Readonly<Record<string, unknown>>;

/** The schema of the value under a key that the schema names itself, or of any key or item for `*`. */
function schemaUnder(schema: unknown, step: string): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { $ref, anyOf, properties, additionalProperties, items } = schema as Schema;
  if (typeof $ref === 'string') {
    return schemaUnder(fileSchema.definitions?.[$ref.replace('#/definitions/', '')], step);
  }
  if (Array.isArray(anyOf)) return anyOf.map((one) => schemaUnder(one, step)).find((one) => one !== undefined);
  if (step === '*') return items ?? additionalProperties;
  return (properties as Schema | undefined)?.[step];
}
