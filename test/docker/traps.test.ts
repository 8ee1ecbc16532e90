import { describe, expect, it } from '@jest/globals';
import { concreteIds, environmentOf } from '../environments/environments';
import { type Block, list, ofType, terraform } from '../support/docker/terraform';

/** What the Docker provider does with a configuration that looks right; each test keeps one of its traps shut. */
const all = concreteIds().map((id) => ({ id, config: terraform(environmentOf(id)) }));
const containers = all.flatMap(({ id, config }) =>
  ofType(config, 'docker_container').map(([name, block]) => ({ place: `${id} ${name}`, block })),
);
const processes = containers.filter(({ block }) => block.attach !== true);
const volumes = all.flatMap(({ id, config }) =>
  ofType(config, 'docker_volume').map(([name, block]) => ({ place: `${id} ${name}`, block })),
);

const wrong = (blocks: readonly { readonly place: string; readonly block: Block }[], fault: (block: Block) => boolean) =>
  blocks.filter(({ block }) => fault(block)).map(({ place }) => place);

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

describe('every container', () => {
  it('is among those that are looked at', () => {
    expect(containers.length).toBeGreaterThan(100);
    expect(processes.length).toBeLessThan(containers.length);
  });

  it('has memory and swap set together, for memory alone is a difference in every plan', () => {
    expect(wrong(containers, ({ memory, memory_swap }) => typeof memory !== 'number' || memory_swap !== memory)).toEqual([]);
  });

  it('has its health check in durations as Go writes them, for any other form is a difference in every plan', () => {
    const canonical = /^(?:0s|(?:[1-9]\d*h[1-5]?\dm[1-5]?\ds)|(?:[1-9]|[1-5]\d)m[1-5]?\ds|(?:[1-9]|[1-5]\d)s)$/;
    const checks = processes.flatMap(({ place, block }) =>
      [block.healthcheck].flatMap((check) => (check === undefined ? [] : [{ place, block: check as Block }])),
    );
    expect(checks.length).toBeGreaterThan(80);
    expect(
      wrong(
        checks,
        ({ interval, timeout, start_period }) => ![interval, timeout, start_period].every((each) => canonical.test(String(each))),
      ),
    ).toEqual([]);
  });

  it('does without start_interval, which engines before API 1.44 refuse', () => {
    expect(wrong(containers, ({ healthcheck }) => (healthcheck as Block | undefined)?.start_interval !== undefined)).toEqual([]);
  });

  it('names capabilities in full, for short names replace the container in every plan', () => {
    const drops = containers.map(({ place, block }) => ({ place, block: block.capabilities as Block }));
    expect(wrong(drops, ({ drop }) => strings(drop).length === 0 || !strings(drop).every((name) => /^CAP_[A-Z_]+$/.test(name)))).toEqual(
      [],
    );
  });

  it('never publishes all its ports, which replaces it in every plan', () => {
    expect(wrong(containers, ({ publish_all_ports }) => publish_all_ports !== undefined)).toEqual([]);
  });

  it('has its processor limited by period and quota, for cpus ends the provider in a panic', () => {
    expect(
      wrong(
        containers,
        ({ cpus, cpu_period, cpu_quota }) => cpus !== undefined || (cpu_period === undefined) !== (cpu_quota === undefined),
      ),
    ).toEqual([]);
  });

  it('is none that has to run, for a mere plan would delete it when it is stopped', () => {
    expect(wrong(containers, ({ must_run }) => must_run !== false)).toEqual([]);
  });

  it('is given time to stop, for else it is killed at once when it is replaced', () => {
    expect(wrong(containers, ({ destroy_grace_seconds }) => !(Number(destroy_grace_seconds) > 0))).toEqual([]);
    expect(wrong(processes, ({ destroy_grace_seconds, stop_timeout }) => destroy_grace_seconds !== stop_timeout)).toEqual([]);
    const brokers = containers.filter(({ block }) =>
      list(block, 'labels').some(({ label, value }) => label === 'kafkon.dev/component' && value === 'kafka'),
    );
    expect(wrong(brokers, ({ destroy_grace_seconds }) => Number(destroy_grace_seconds) < 120)).toEqual([]);
  });

  it('runs an image by the id of its resource', () => {
    for (const { id, config } of all) {
      const images = ofType(config, 'docker_image').map(([name]) => `\${docker_image.${name}.image_id}`);
      expect({ id, unknown: ofType(config, 'docker_container').filter(([, { image }]) => !images.includes(String(image))) }).toEqual({
        id,
        unknown: [],
      });
    }
  });

  it('joins networks by id, for a network joined by name cannot be destroyed', () => {
    for (const { id, config } of all) {
      const networks = ofType(config, 'docker_network').map(([name]) => `\${docker_network.${name}.id}`);
      const joined = ofType(config, 'docker_container').flatMap(([, block]) => list(block, 'networks_advanced'));
      expect(joined.length).toBeGreaterThan(0);
      expect({ id, unknown: joined.filter(({ name }) => !networks.includes(String(name))) }).toEqual({ id, unknown: [] });
    }
  });

  it('has its ports in the order in which the provider reads them back', () => {
    expect(
      wrong(containers, (block) => {
        const inside = list(block, 'ports').map(({ internal }) => Number(internal));
        return inside.some((port, index) => index > 0 && port <= (inside[index - 1] ?? 0));
      }),
    ).toEqual([]);
  });

  it('uploads no empty file, which the provider takes for a mistake, and has no empty word in its command', () => {
    expect(wrong(containers, (block) => list(block, 'upload').some(({ content }) => content === ''))).toEqual([]);
    expect(wrong(containers, ({ entrypoint, command }) => [...strings(entrypoint), ...strings(command)].includes(''))).toEqual([]);
  });

  it('has a root that can be written to where files are uploaded, for the engine refuses them otherwise', () => {
    expect(wrong(containers, (block) => block.read_only === true && list(block, 'upload').length > 0)).toEqual([]);
  });

  it('has an init of its own nowhere, which an engine may lack', () => {
    expect(wrong(containers, ({ init }) => init !== undefined)).toEqual([]);
  });
});

describe('every volume', () => {
  it('is never replaced for a label or an option, which would lose its data', () => {
    expect(volumes.length).toBeGreaterThan(40);
    const ignored = ({ lifecycle }: Block) => strings((lifecycle as Block | undefined)?.ignore_changes);
    expect(wrong(volumes, (block) => !['labels', 'driver', 'driver_opts'].every((key) => ignored(block).includes(key)))).toEqual([]);
  });

  it('with data in it cannot be destroyed', () => {
    const data = volumes.filter(({ block }) => !list(block, 'labels').some(({ value }) => value === 'agents'));
    expect(data.length).toBeGreaterThan(40);
    expect(wrong(data, ({ lifecycle }) => (lifecycle as Block | undefined)?.prevent_destroy !== true)).toEqual([]);
  });

  it('has a name of its own, and the same one for Terraform', () => {
    for (const { id, config } of all) {
      expect({ id, unlike: ofType(config, 'docker_volume').filter(([name, block]) => block.name !== name) }).toEqual({ id, unlike: [] });
    }
  });
});

describe('every configuration', () => {
  it('keeps its state beside itself, by a relative path', () => {
    expect(all.filter(({ config }) => JSON.stringify(config.terraform.backend) !== '{"local":{"path":"terraform.tfstate"}}')).toEqual([]);
  });

  it('takes any release of the provider whose traps are known', () => {
    const wanted = { docker: { source: 'kreuzwerker/docker', version: '~> 3.6' } };
    for (const { config } of all) expect(config.terraform.required_providers).toEqual(wanted);
  });

  it('keeps images on the host', () => {
    expect(all.flatMap(({ config }) => ofType(config, 'docker_image')).filter(([, { keep_locally }]) => keep_locally !== true)).toEqual([]);
  });

  it('holds nothing of the machine it was made on, nor of the library that made it', () => {
    for (const { config } of all) {
      const text = JSON.stringify(config);
      expect(text).not.toContain('"//"');
      expect(text).not.toContain(process.cwd());
    }
  });
});
