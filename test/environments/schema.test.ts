import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { environmentJsonSchema, environmentJsonSchemaText } from '../../lib/environment/json-schema';
import { environmentFiles } from './environments';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(environmentJsonSchema());

/** What the schema says against a value: `/topics/a/partitions must be integer,null`. */
function complaints(value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('environments/environment.schema.json', () => {
  it('is what the model says today; "npm run schema" writes it', () => {
    expect(readFileSync('environments/environment.schema.json', 'utf8')).toBe(environmentJsonSchemaText());
  });

  it.each(environmentFiles())('allows %s', (file) => {
    expect(complaints(parse(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it.each(environmentFiles())('is named by the first line of %s', (file) => {
    const [first] = readFileSync(file, 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../environment.schema.json');
  });
});
