import { describe, expect, it } from '@jest/globals';
import { orders, rehearse } from './rehearsal';

const files = { 'environments/orders/development.yaml': orders };

describe('kafkon show', () => {
  it('prints each value with the place it comes from', async () => {
    const { code, out } = await rehearse({ files }, 'show', 'orders/development');
    expect(code).toBe(0);
    expect(out).toMatch(/^name: orders # environments\/orders\/development\.yaml:1$/m);
    expect(out).toMatch(/memory: 1Gi # environments\/orders\/development\.yaml:12$/m);
    expect(out).toMatch(/distribution: apache # default$/m);
  });

  it('says which layer gave a value to a topic', async () => {
    const { out } = await rehearse({ files }, 'show', 'orders/development', 'topics.order.events');
    expect(out).toMatch(/^partitions: 12 # .*:22 \(topic\)$/m);
    expect(out).toMatch(/^replicationFactor: 1 # .*:17 \(defaults\)$/m);
  });

  it('finds items of named lists by name', async () => {
    const { out } = await rehearse({ files }, 'show', 'orders/development', 'listeners.INTERNAL.port');
    expect(out).toBe('9092 # environments/orders/development.yaml:15\n');
  });

  it('prints values and sources as data', async () => {
    const { out } = await rehearse({ files }, 'show', 'orders/development', 'kafka', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      id: 'orders/development',
      value: { version: '3.9.2', distribution: 'apache' },
      sources: { 'kafka.version': 'environments/orders/development.yaml:5', 'kafka.distribution': 'default' },
    });
  });

  it('refuses a section that is not there', async () => {
    const { code, err } = await rehearse({ files }, 'show', 'orders/development', 'topics.nothing');
    expect(code).toBe(2);
    expect(err).toMatch(/has no section topics\.nothing; at its top are .*kafka, .*topics/);
  });

  it('reports the problems of an environment that cannot be understood', async () => {
    const { code, err } = await rehearse({ files: { 'environments/a.yaml': 'name: [\n' } }, 'show', 'a');
    expect(code).toBe(1);
    expect(err).toContain('environments/a.yaml:');
  });
});
