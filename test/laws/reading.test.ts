import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { environmentLoader, memoryFileSystem, renderProblems } from '../../lib/environment';
import { yamlPieces } from '../support/yaml-pieces';

const sound = `extends: base.yaml
name: orders
kind: production
defaults: {replication_factor: 3, config: {retention.ms: 1}}
topics:
  jobs:
    partitions: 12
    environment_overrides:
      production: {partitions: 24}
environment_overrides:
  production:
    security: {strict_mode: true}
listeners:
  - name: INTERNAL
    port: 9092
`;

const pieces = [...yamlPieces, '@', '~', '1e999'];

/** The file with some of its characters cut out and pieces of YAML put in. */
const damaged = fc
  .array(
    fc.record({ at: fc.nat(sound.length), cut: fc.nat(6), piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })) }),
    { minLength: 1, maxLength: 6 },
  )
  .map((changes) => changes.reduce((text, { at, cut, piece }) => text.slice(0, at) + piece + text.slice(at + cut), sound));

function load(e: string, base: string) {
  return environmentLoader(memoryFileSystem({ 'environments/e.yaml': e, 'environments/base.yaml': base }), {
    parse: (value) => ({ environment: value, problems: [] }),
  }).load('e');
}

describe('reading', () => {
  it('never throws, and gives every problem of a damaged file its line and column', () => {
    fc.assert(
      fc.property(damaged, damaged, (e, base) => {
        const { problems, value, provenance, environment } = load(e, base);
        for (const { position, message } of problems) {
          expect(position?.line).toBeGreaterThan(0);
          expect(position?.column).toBeGreaterThan(0);
          expect(message).not.toMatch(/\n\s+at /);
        }
        expect(
          renderProblems(problems)
            .split('\n')
            .filter((line) => line.includes(': error: ')).length,
        ).toBe(problems.filter(({ severity }) => severity === 'error').length);
        expect(environment === undefined).toBe(value === undefined || problems.some(({ severity }) => severity === 'error'));
        expect(value === undefined).toBe(provenance === undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same whether or not it was read before', () => {
    fc.assert(
      fc.property(damaged, (base) => {
        const loader = environmentLoader(memoryFileSystem({ 'environments/e.yaml': sound, 'environments/base.yaml': base }), {
          parse: (value) => ({ environment: value, problems: [] }),
        });
        loader.load('base');
        expect(loader.load('e').problems).toEqual(load(sound, base).problems);
      }),
    );
  });
});
