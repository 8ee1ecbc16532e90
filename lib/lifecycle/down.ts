import type { Environment } from '../model';
import { stopOrder } from './layers';
import { activeController, observe } from './observe';
import type { Ports, Report } from './ports';
import { keptVolumes } from './removals';
import { clusterLabel, type Stack, servicesOf } from './stack';
import { statesOf } from './states';
import { stopGroups } from './stop-groups';

/** How to take an environment away. */
export interface DownOptions {
  /** Kill instead of stopping: brokers recover their logs at the next start. */
  readonly force: boolean;
  /** Data goes too. */
  readonly volumes: boolean;
}

/**
 * Stops services one after the other, from the top down, the active controller last of its kind. Where the nodes that are left could
 * elect no controller any more, they stop together: alone, each would wait in vain for somebody to take over.
 */
export async function stop(ports: Ports, stack: Stack, environment: Environment, report: Report): Promise<void> {
  const { engine } = ports;
  const states = await statesOf(engine, stack);
  const running = servicesOf(stack).filter(({ name }) => ['running', 'restarting', 'paused'].includes(states.get(name)?.state ?? ''));
  if (running.length === 0) return;
  const controller = activeController(await observe(ports, stack, environment));
  for (const group of stopGroups(stopOrder(running, controller), servicesOf(stack))) {
    report(`${group.map(({ service }) => service).join(', ')} ${group.length === 1 ? 'stops' : 'stop'}`);
    await Promise.all(group.map(({ name, stopSeconds }) => engine.stop(name, stopSeconds)));
  }
}

/** Takes an environment away: stops it, then removes containers and network, and the volumes where they are to go. */
export async function down(ports: Ports, stack: Stack, environment: Environment, options: DownOptions, report: Report): Promise<void> {
  const { terraform } = ports;
  if (!options.force) await stop(ports, stack, environment, report);
  await terraform.init(stack.directory, () => {});
  // Those of nodes too that are no longer in the environment: nothing protects them any more but this.
  const kept = new Set(await keptVolumes(terraform, stack));
  const targets = (await terraform.resources(stack.directory)).filter(
    (address) => !kept.has(address) && !address.startsWith('docker_image.'),
  );
  if (targets.length > 0) await terraform.destroy(stack.directory, { targets }, () => {});
  await sweep(ports, stack, options, report);
  if (options.volumes) await removeVolumes(ports, stack, report);
}

/** What an interrupted run made and Terraform never heard of. */
async function sweep({ engine }: Ports, { cluster }: Stack, { force }: DownOptions, report: Report): Promise<void> {
  for (const { name, state } of await engine.labelled(clusterLabel, cluster)) {
    report(`${name} is removed, which is not in the state`);
    if (!force && state === 'running') await engine.stop(name, 120);
    await engine.removeContainer(name);
  }
  for (const { id, name, containers } of await engine.networks(clusterLabel, cluster)) {
    if (containers.length > 0) report(`network ${name} stays: ${containers.join(', ')} is still in it`);
    else await engine.removeNetwork(id);
  }
}

/** Terraform is told to forget them, since it is told never to destroy them. */
async function removeVolumes({ engine, terraform }: Ports, stack: Stack, report: Report): Promise<void> {
  await terraform.forget(stack.directory, [...stack.volumes.map(({ address }) => address), ...(await keptVolumes(terraform, stack))]);
  for (const name of [...(await engine.volumes(clusterLabel, stack.cluster))].sort()) {
    report(`volume ${name} is removed`);
    await engine.removeVolume(name);
  }
}
