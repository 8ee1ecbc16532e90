import { describe, expect, it } from '@jest/globals';
import { desiredOf } from '../../../lib/converge';
import { terraformOf } from '../../../lib/docker';
import { environmentLoader, nodeFileSystem } from '../../../lib/environment';
import { MemoryCluster } from '../../../lib/kafka';
import { manifestsOf } from '../../../lib/kubernetes';
import type { Environment } from '../../../lib/model';
import { root } from '../../architecture/sources';
import { orders, rehearse } from './rehearsal';

const file = 'environments/orders/development.yaml';
const running = () => new MemoryCluster({ clusterId: 'BwcHBwcHBwcHBwcHBwcHBw', brokers: [{ id: 0 }], authorizer: false });

/** What `kafkon plan` says of an empty cluster. */
async function planned(files: Readonly<Record<string, string>>, cache?: Map<string, string>) {
  const stage = { files, cluster: running(), ...(cache === undefined ? {} : { cache }) };
  const { code, out, err } = await rehearse(stage, 'plan', 'orders/development', '--bootstrap-server', 'localhost:9092');
  return { code, out, err };
}

/** A cache whose one text differs from what the files say: whoever uses it says so. */
function tampered(cache: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...cache].map(([key, text]) => [key, text.replaceAll('order.events', 'order.kept')]));
}

async function filled(files: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const cache = new Map<string, string>();
  await planned(files, cache);
  return cache;
}

describe('an environment that was read before', () => {
  it('is taken from the cache while its files stay as they are', async () => {
    const cache = tampered(await filled({ [file]: orders }));
    expect((await planned({ [file]: orders }, cache)).out).toContain('+ topic order.kept');
  });

  it('is read anew when it changed, and then kept as it is now', async () => {
    const changed = { [file]: orders.replace('partitions: 12', 'partitions: 13') };
    const cache = tampered(await filled({ [file]: orders }));
    expect(await planned(changed, cache)).toEqual(await planned(changed));
    expect((await planned(changed, tampered(cache))).out).toContain('+ topic order.kept: 13 partitions');
  });

  it('is read anew when what it extends changed', async () => {
    const base = (days: number) => `abstract: true\ntopics:\n  audit: { config: { retention.ms: ${days * 86_400_000} } }\n`;
    const files = (days: number) => ({ [file]: `extends: base.yaml\n${orders}`, 'environments/orders/base.yaml': base(days) });
    const cache = await filled(files(1));
    expect(cache.size).toBe(1);
    expect(await planned(files(2), cache)).toEqual(await planned(files(2)));
  });

  it('is judged anew when another environment comes beside it', async () => {
    const docker = `${orders}platform:\n  docker: { ports: { kafka-0: { INTERNAL: 19092 } } }\n`;
    const cache = await filled({ [file]: orders });
    const both = { [file]: orders, 'environments/orders/other.yaml': docker };
    expect(await planned(both, tampered(cache))).toEqual(await planned(both));
  });

  it('is read anew where what was kept is damaged', async () => {
    const cache = new Map([...(await filled({ [file]: orders }))].map(([key, text]) => [key, text.slice(0, 100)]));
    expect(await planned({ [file]: orders }, cache)).toEqual(await planned({ [file]: orders }));
  });

  it('is not kept when something is wrong with it', async () => {
    const files = { [file]: orders.replace('memory: 1Gi', 'memory: 1Xi') };
    const cache = await filled(files);
    expect(cache.size).toBe(0);
    expect((await planned(files, cache)).code).toBe(1);
  });

  it('is not kept with a secret that was written down and waived', async () => {
    const waiver = "waivers:\n  - { rule: secret/literal, reason: an example, until: '2026-12-31' }\n";
    const setting = 'kafka:\n  config: { config.providers.vault.param.password: written-down }\n';
    const literal = waiver + orders.replace('kafka:\n', setting);
    const cache = await filled({ [file]: literal });
    expect((await planned({ [file]: literal })).code).toBe(0);
    expect([...cache.values()]).toEqual([]);
  });

  it('comes to the same when it was written down and read again, for every environment here', () => {
    const loader = environmentLoader(nodeFileSystem(root));
    const whole = loader.discover().environments.flatMap(({ id, abstract }) => (abstract ? [] : [id]));
    const outcome = (environment: Environment) =>
      JSON.stringify([desiredOf(environment), [...terraformOf(environment)], [...manifestsOf(environment)]]);
    for (const id of whole) {
      const { environment } = loader.load(id);
      if (environment === undefined) throw new Error(`${id} is not right`);
      const again = JSON.parse(JSON.stringify(environment)) as Environment;
      expect(outcome(again)).toBe(outcome(environment));
    }
    expect(whole.length).toBeGreaterThan(10);
  });
});
