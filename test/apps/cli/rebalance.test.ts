import { describe, expect, it } from '@jest/globals';
import { MemoryCluster, memorySchemaRegistry } from '../../../lib/kafka';
import { orders, rehearse } from './rehearsal';

const files = { 'environments/orders/development.yaml': orders };
const words = ['brokers', 'orders/development', 'rebalance', '--bootstrap-server', 'localhost:9092'] as const;

/** Two brokers, and everything on the first. */
function lopsided(): MemoryCluster {
  const cluster = new MemoryCluster({ clusterId: 'BwcHBwcHBwcHBwcHBwcHBw', brokers: [{ id: 0 }, { id: 1 }], authorizer: false });
  const partitions = Array.from({ length: 4 }, () => ({ replicas: [0], leader: 0, size: 1_000_000 }));
  cluster.state.topics.set('orders', { partitions, config: new Map() });
  return cluster;
}

const on = (cluster: MemoryCluster, id: number) =>
  (cluster.state.topics.get('orders')?.partitions ?? []).filter(({ replicas }) => replicas.includes(id)).length;

describe('kafkon brokers rebalance', () => {
  it('says what would move, and moves nothing, where that is all that is asked', async () => {
    const cluster = lopsided();
    const { code, out } = await rehearse({ files, cluster }, ...words, '--plan');
    expect({ code, out }).toEqual({
      code: 0,
      out: `orders on cluster BwcHBwcHBwcHBwcHBwcHBw: 2 partitions to copy (2.0 MB)

  broker 0: 4 → 2 replicas, 4 → 2 leaders
  broker 1: 0 → 2 replicas, 0 → 2 leaders

  ~ orders-0: 0 → 1
  ~ orders-1: 0 → 1
`,
    });
    expect(on(cluster, 1)).toBe(0);
    const { out: json } = await rehearse({ files, cluster }, ...words, '--plan', '-o', 'json');
    expect(JSON.parse(json)).toMatchObject({ format: 'kafkon/rebalance@1', empty: [], bytes: 2_000_000 });
  });

  it('asks nothing of the services beside the brokers', async () => {
    const registry = memorySchemaRegistry();
    const withSchema = {
      'environments/orders/development.yaml': `${orders.replace('retention.ms: 86400000 } }', 'retention.ms: 86400000 }, schema: { valueSchema: order } }')}schemas:\n  order: { file: order.avsc }\n`,
      'environments/orders/order.avsc': '"string"',
    };
    const stage = { files: withSchema, cluster: lopsided(), registry };
    expect((await rehearse(stage, ...words, '--plan', '--schema-registry', 'http://registry:8081')).code).toBe(0);
    expect(registry.requestsSent()).toBe(0);
  });

  it('has its own options, and roll has others: what one would not look at is refused', async () => {
    const told = async (...more: readonly string[]) => {
      const { code, err } = await rehearse({ files, cluster: lopsided() }, 'brokers', 'orders/development', ...more);
      return `${code} ${err}`;
    };
    expect(await told('roll', '--plan', '-o', 'json')).toBe('2 error: --plan, --output are for rebalance, and this is roll\n');
    expect(await told('rebalance', '--platform', 'kubernetes')).toBe('2 error: --platform is for roll, and this is rebalance\n');
    expect(await told('rebalance', 'kafka-1')).toBe(
      '2 error: rebalance is of all brokers, and kafka-1 cannot be named; --empty names those that shall hold nothing\n',
    );
  });

  it('moves nothing that nobody agreed to', async () => {
    const cluster = lopsided();
    const { code, err } = await rehearse({ files, cluster }, ...words);
    expect({ code, error: err.split('\n').at(-2) }).toEqual({
      code: 2,
      error: 'error: replicas would move and nobody can be asked; give --yes, or --plan to look only',
    });
    expect((await rehearse({ files, cluster, answers: ['no'] }, ...words)).code).toBe(1);
    expect(on(cluster, 1)).toBe(0);
  });

  it('spreads replicas, then empties a broker, and tells what is under way', async () => {
    const cluster = lopsided();
    const { code, out, err } = await rehearse({ files, cluster, answers: ['yes'] }, ...words);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'orders on cluster BwcHBwcHBwcHBwcHBwcHBw: 2 partitions moved, 0 preferred leaders elected\n',
    });
    expect(err).toContain('[2/2] partitions have moved\n');
    expect([on(cluster, 0), on(cluster, 1)]).toEqual([2, 2]);
    // The record has a copy on both.
    const crowded = await rehearse({ files, cluster }, ...words, '--empty', '1', '--yes');
    expect(crowded.out).toContain('refused: more replicas than the 1 brokers that would be left: _kafkon-0; ');
  });

  it('refuses to empty what does not exist', async () => {
    const { code, out } = await rehearse({ files, cluster: lopsided() }, ...words, '--empty', '7', '--yes');
    expect({ code, out }).toMatchObject({ code: 1 });
    expect(out).toContain('refused: there is no broker 7; there are 0, 1\n');
    expect((await rehearse({ files }, ...words, '--empty', 'two')).code).toBe(2);
    expect((await rehearse({ files }, ...words, '--throttle', 'fast')).code).toBe(2);
  });
});
