import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kafkaApp, terraformOf } from '../../lib/docker';
import { type EnvironmentInput, parseEnvironment } from '../../lib/model';
import { environmentOf } from '../environments/environments';
import { production } from '../kubernetes/manifests';

const input: EnvironmentInput = {
  ...production,
  listeners: [
    { name: 'INTERNAL', port: 9092, security: 'scram' },
    { name: 'EXTERNAL', port: 9094, security: 'scram', scope: 'external' },
  ],
  topics: { orders: { partitions: 12, config: { 'retention.ms': 1000, 'cleanup.policy': 'delete' } }, events: {} },
  serviceAccounts: { 'kafka-ui': {}, 'schema-registry': {}, api: {} },
  companions: { kafkaUi: {}, schemaRegistry: {}, prometheus: {}, grafana: {} },
  platform: {
    ...production.platform,
    docker: { listeners: { EXTERNAL: { basePort: 19_092 } }, containers: { kafkaUi: 'ui', kafka: 'k-{id}' } },
  },
};

function written(value: unknown): string {
  const { environment, problems } = parseEnvironment(value);
  if (environment === undefined) throw new Error(problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  return terraformOf(environment).get('cdk.tf.json') ?? '';
}

/** The same value with the keys of every map in another order. */
function reordered(value: unknown, order: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((element) => reordered(element, order));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(order(Object.keys(value)).map((key) => [key, reordered(Reflect.get(value, key), order)]));
}

/** JSON without what cdktf keeps under `//`. */
function withoutBookkeeping(text: string): unknown {
  return JSON.parse(text, function strip(this: unknown, key, value: unknown) {
    return key === '//' ? undefined : value;
  });
}

describe('synthesis', () => {
  it('gives the same bytes whatever the order of keys', () => {
    const expected = written(input);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const order = (keys: string[]) =>
          keys
            .map((key) => [stream.next().value ?? 0, key] as const)
            .sort(([a], [b]) => a - b)
            .map(([, key]) => key);
        expect(written(reordered(input, order))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('does not change what it was given', () => {
    const environment = environmentOf('tda/development');
    const before = structuredClone(environment);
    terraformOf(environment);
    expect(environment).toEqual(before);
  });

  it('touches no file', () => {
    const environment = environmentOf('kraft/development');
    const before = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), 'kafkon-synthesis-'));
    try {
      process.chdir(folder);
      terraformOf(environment);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      process.chdir(before);
      rmSync(folder, { recursive: true });
    }
  });

  it('gives with an app of cdktf’s the same stacks', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'kafkon-cdktf-'));
    try {
      const environments = ['tda/development', 'kraft/development'].map(environmentOf);
      kafkaApp(environments, { outdir }).synth();
      for (const environment of environments) {
        const text = readFileSync(join(outdir, 'stacks', environment.name, 'cdk.tf.json'), 'utf8');
        expect(withoutBookkeeping(text)).toEqual(JSON.parse(terraformOf(environment).get('cdk.tf.json') ?? ''));
      }
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
