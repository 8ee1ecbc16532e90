import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Change, Progress, Terraform as TerraformPort } from '../../../lib/lifecycle';
import { containerRequest } from './container-request';
import { Engine } from './engine';
import { type Made, type Resource, readState, resourcesOf, type State, writeState } from './stand-in-state';
import { tarOf } from './tar';
import { type Block, list, type Terraform } from './terraform';

const paths = { docker_container: '/containers', docker_network: '/networks', docker_volume: '/volumes', docker_image: '/images' } as const;

/**
 * A test's stand-in for Terraform with the Docker provider, for machines where the provider cannot be had: it does to a `cdk.tf.json`
 * what Terraform would, through the Docker Engine, with a state, plans, targets, and the same order. It says so when it begins. What
 * the real provider makes of the file it cannot prove.
 */
export function terraformStandIn(engine = new Engine()): TerraformPort {
  return {
    version: async () => "terraform's test-only stand-in",
    async init(directory, progress) {
      progress('this is a test-only stand-in for Terraform, which talks to the Docker Engine itself');
      configOf(directory);
    },
    async plan(directory, { targets } = {}) {
      return changes(engine, directory, targets);
    },
    async apply(directory, { targets }, progress) {
      const resources = resourcesOf(configOf(directory));
      const planned = await changes(engine, directory, targets);
      const going = new Set(planned.flatMap(({ address, action }) => (action === 'replace' || action === 'delete' ? [address] : [])));
      await remove(engine, directory, going, resources, progress);
      const state = new Map(readState(directory));
      const missing = new Set(planned.flatMap(({ address, action }) => (action === 'delete' ? [] : [address])));
      const made = new Map<string, Promise<void>>();
      for (const resource of resources.filter(({ address }) => missing.has(address))) {
        const before = resource.needs.map((need) => made.get(need));
        const work = Promise.all(before).then(async () => {
          state.set(resource.address, await create(engine, resource, directory, state));
          writeState(directory, state);
          progress(`${resource.address}: Creation complete`);
        });
        made.set(resource.address, work);
      }
      const outcomes = await Promise.allSettled(made.values());
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    },
    async destroy(directory, { targets }, progress) {
      const resources = resourcesOf(configOf(directory));
      const going = new Set(targets ?? readState(directory).keys());
      for (const { address, needs } of resources) if (needs.some((need) => going.has(need))) going.add(address);
      const kept = resources.filter(
        ({ address, block }) => going.has(address) && (block.lifecycle as Block | undefined)?.prevent_destroy === true,
      );
      if (kept.length > 0) throw new Error(`${kept.map(({ address }) => address).join(', ')}: prevent_destroy`);
      await remove(engine, directory, going, resources, progress);
    },
    resources: async (directory) => [...readState(directory).keys()],
    async forget(directory, addresses) {
      writeState(directory, new Map([...readState(directory)].filter(([address]) => !addresses.includes(address))));
    },
  };
}

function configOf(directory: string): Terraform {
  return JSON.parse(readFileSync(join(directory, 'cdk.tf.json'), 'utf8')) as Terraform;
}

async function changes(engine: Engine, directory: string, targets: readonly string[] | undefined): Promise<Change[]> {
  const resources = resourcesOf(configOf(directory));
  const wanted = targets === undefined ? undefined : withNeeds(new Set(targets), resources);
  const state = readState(directory);
  const found: Change[] = [];
  for (const { address, type, digest, needs } of resources) {
    if (wanted !== undefined && !wanted.has(address)) continue;
    const known = state.get(address);
    const there =
      known !== undefined &&
      (await engine.call('GET', `${paths[type]}/${known.id}${type === 'docker_network' || type === 'docker_volume' ? '' : '/json'}`))
        .status < 400;
    // An id that is known after apply only is another one.
    const moved = needs.some(
      (need) =>
        found.some(({ address: other }) => other === need && !other.startsWith('docker_image.')) && !isOrder(resources, address, need),
    );
    if (!there) found.push({ address, action: 'create' });
    else if (known.digest !== digest || moved) found.push({ address, action: 'replace' });
  }
  const known = new Set(resources.map(({ address }) => address));
  const gone = [...state].filter(([address]) => !known.has(address) && (targets === undefined || targets.includes(address)));
  return [...found, ...gone.map(([address, { name, labels }]): Change => ({ address, action: 'delete', was: { name, labels } }))];
}

/** Whether a need is one of order alone, which replaces nobody. */
function isOrder(resources: readonly Resource[], address: string, need: string): boolean {
  const block = resources.find((each) => each.address === address)?.block;
  return block === undefined || !JSON.stringify({ ...block, depends_on: undefined }).includes(`\${${need}.`);
}

function withNeeds(targets: Set<string>, resources: readonly Resource[]): ReadonlySet<string> {
  for (const { address, needs } of [...resources].reverse()) if (targets.has(address)) for (const need of needs) targets.add(need);
  return targets;
}

async function remove(
  engine: Engine,
  directory: string,
  going: ReadonlySet<string>,
  resources: readonly Resource[],
  progress: Progress,
): Promise<void> {
  const state = new Map(readState(directory));
  const order = (address: string) => {
    const index = resources.findIndex((each) => each.address === address);
    return index < 0 ? Number.POSITIVE_INFINITY : index;
  };
  const addresses = [...going].filter((address) => state.has(address)).sort((a, b) => order(b) - order(a));
  const one = async (address: string) => {
    const made = state.get(address);
    if (made === undefined) return;
    await destroyOne(engine, address, made);
    state.delete(address);
    writeState(directory, state);
    progress(`${address}: Destruction complete`);
  };
  await Promise.all(addresses.filter((address) => address.startsWith('docker_container.')).map(one));
  for (const address of addresses) await one(address);
}

async function destroyOne(engine: Engine, address: string, { id, graceSeconds }: Made): Promise<void> {
  const type = address.split('.')[0] as keyof typeof paths;
  // Images are kept: `keep_locally`.
  if (type === 'docker_image') return;
  if (type === 'docker_container') await engine.call('POST', `/containers/${id}/stop?t=${graceSeconds}`);
  const { status, body } = await engine.call('DELETE', `${paths[type]}/${id}${type === 'docker_container' ? '?v=true&force=true' : ''}`);
  if (status >= 400 && status !== 404) throw new Error(`${address}: ${JSON.stringify(body)}`);
}

async function create(engine: Engine, { type, block, digest }: Resource, directory: string, state: State): Promise<Made> {
  const evaluated = evaluate(block, directory, state) as Block;
  const name = String(evaluated.name);
  const labels = Object.fromEntries(list(evaluated, 'labels').map(({ label, value }) => [String(label), String(value)]));
  const made = (id: string): Made => ({ id, name, digest, labels, graceSeconds: Number(evaluated.destroy_grace_seconds ?? 0) });
  if (type === 'docker_image') return made(((await engine.must('GET', `/images/${name}/json`)) as { Id: string }).Id);
  if (type === 'docker_volume') {
    await engine.must('POST', '/volumes/create', { Name: name, Labels: labels });
    return made(name);
  }
  if (type === 'docker_network')
    return made(
      (
        (await engine.must('POST', '/networks/create', { Name: name, Driver: evaluated.driver, CheckDuplicate: true, Labels: labels })) as {
          Id: string;
        }
      ).Id,
    );
  const { Id } = (await engine.must('POST', `/containers/create?name=${name}`, containerRequest(evaluated))) as { Id: string };
  const networks = list(evaluated, 'networks_advanced');
  if (networks.length > 0) await engine.must('POST', '/networks/bridge/disconnect', { Container: Id, Force: false });
  for (const network of networks)
    await engine.must('POST', `/networks/${network.name}/connect`, { Container: Id, EndpointConfig: { Aliases: network.aliases } });
  for (const { file, content } of list(evaluated, 'upload'))
    await engine.must('PUT', `/containers/${Id}/archive?path=/`, tarOf(String(file), String(content)), 'application/x-tar');
  await engine.must('POST', `/containers/${Id}/start`);
  if (evaluated.attach === true) {
    const { StatusCode } = (await engine.must('POST', `/containers/${Id}/wait`)) as { StatusCode: number };
    if (StatusCode !== 0) throw new Error(`${name} ended with ${StatusCode}`);
  }
  return made(Id);
}

function evaluate(value: unknown, directory: string, state: State): unknown {
  if (Array.isArray(value)) return value.map((each) => evaluate(each, directory, state));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, evaluate(each, directory, state)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\$\{|%%\{|\$\{([^}]*)\}/g, (whole, expression: string | undefined) => {
    if (expression === undefined) return whole.slice(1);
    const [, name, path] = /^abspath\((?:var\.(\w+)|"([^"]*)")\)$/.exec(expression) ?? [];
    if (name !== undefined) return resolve(directory, String(configOf(directory).variable?.[name]?.default));
    if (path !== undefined) return resolve(directory, path);
    const [, address = '', attribute] = /^(docker_\w+\.[\w-]+)\.(\w+)$/.exec(expression) ?? [];
    const made = state.get(address);
    if (made === undefined) throw new Error(`the stand-in cannot evaluate ${expression}`);
    return attribute === 'name' ? made.name : made.id;
  });
}
