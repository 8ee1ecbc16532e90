import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KafkaChart } from '../../lib/kubernetes';
import type { EnvironmentInput } from '../../lib/model';
import { app, environmentOf, production, synth } from './manifests';

const input: EnvironmentInput = {
  ...production,
  topics: { orders: { partitions: 12, config: { 'retention.ms': 1000, 'cleanup.policy': 'delete' } }, events: {}, audit: {} },
  serviceAccounts: { api: {}, worker: {}, admin: {}, 'kafka-ui': {}, 'schema-registry': {} },
  access: [{ intent: 'producer', principal: 'api', topics: ['orders', 'events'] }],
  companions: { kafkaUi: {}, schemaRegistry: {} },
};

/** The same value with the keys of every map in another order. */
function reordered(value: unknown, order: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((element) => reordered(element, order));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(order(Object.keys(value)).map((key) => [key, reordered(Reflect.get(value, key), order)]));
}

function written(environment: EnvironmentInput): string {
  return JSON.stringify(synth(new KafkaChart(app(), 'orders', { environment: environmentOf(environment) })));
}

describe('synthesis', () => {
  const expected = written(input);

  it('gives the same bytes whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const order = (keys: string[]) =>
          keys
            .map((key) => [stream.next().value ?? 0, key] as const)
            .sort(([a], [b]) => a - b)
            .map(([, key]) => key);
        expect(written(reordered(input, order) as EnvironmentInput)).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('does not change what it was given', () => {
    const environment = environmentOf(input);
    const before = structuredClone(environment);
    synth(new KafkaChart(app(), 'orders', { environment }));
    expect(environment).toEqual(before);
  });

  it('changes with a topic only the desired state and its Job', () => {
    const objects = (text: string) =>
      new Map(
        (JSON.parse(text) as { kind: string; metadata: { name: string } }[]).map((o) => [
          `${o.kind} ${o.metadata.name}`,
          JSON.stringify(o),
        ]),
      );
    const before = objects(expected);
    const after = objects(written({ ...input, topics: { ...input.topics, added: {} } }));
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    expect(changed).toEqual([expect.stringMatching(/^ConfigMap kafka-desired/), expect.stringMatching(/^Job kafka-converge-/)]);
  });
});
