import { fail } from './failure';
import type { Ports, Report } from './ports';
import { clusterLabel, type Stack } from './stack';
import { statesOf } from './states';

/**
 * Removes what an interrupted run made and Terraform never heard of: containers and networks of this environment that are not in the
 * state, whose names would be in the way. Volumes stay: Terraform takes one that is there as it is.
 */
export async function removeOrphans({ engine, terraform }: Ports, stack: Stack, report: Report): Promise<void> {
  const known = new Set(await terraform.resources(stack.directory));
  const states = await statesOf(engine, stack);
  for (const { address, name, service, stopSeconds } of stack.containers) {
    const state = states.get(name);
    if (known.has(address) || state === undefined || state.labels[clusterLabel] !== stack.cluster) continue;
    report(`${service} is there and not in the state: it is removed and made again, its data stays`);
    if (state.state === 'running') await engine.stop(name, stopSeconds);
    await engine.removeContainer(name);
  }
  const expected = new Set(stack.networks.filter(({ address }) => !known.has(address)).map(({ name }) => name));
  for (const { id, name, containers } of await engine.networks(clusterLabel, stack.cluster)) {
    if (!expected.has(name) || containers.length > 0) continue;
    report(`network ${name} is there and not in the state: it is made again`);
    await engine.removeNetwork(id);
  }
}

/** Fails unless every container of the stack is there, running or not. */
export async function requireContainers({ engine }: Ports, stack: Stack): Promise<void> {
  const states = await statesOf(engine, stack);
  const absent = stack.containers.filter(({ name, once }) => !once && !states.has(name)).map(({ service }) => service);
  if (absent.length > 0) fail('docker/not-up', `${stack.cluster} is not up: no container of ${absent.join(', ')}; "kafkon up" makes them`);
}
