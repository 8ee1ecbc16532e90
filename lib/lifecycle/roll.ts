import type { Environment } from '../model';
import { fail } from './failure';
import { seconds, waitHealthy } from './healthy';
import { observe } from './observe';
import type { Ports, Report } from './ports';
import { type ObservedNode, obstacle, rollingOrder } from './rolling-order';
import type { Stack } from './stack';

/** Which nodes restart, and how sure to be. */
export interface RollOptions {
  /** The names of the services; all others are left alone. */
  readonly services: readonly string[];
  /** The addresses of those that Terraform has to make anew, the others are stopped and started. */
  readonly changed: ReadonlySet<string>;
  /** Go on where partitions would lose writes for a moment, or nobody knows. */
  readonly force: boolean;
  /** Seconds for each wait. */
  readonly timeoutSeconds: number;
}

const pauseMilliseconds = 1000;

/**
 * Restarts nodes one at a time: each goes only when every other one serves and all replicas are in sync, and the next only when it is
 * back. One that changed is replaced by Terraform, kept to it alone; so no drift is left, and a run that is broken off can be run again.
 */
export async function roll(ports: Ports, stack: Stack, environment: Environment, options: RollOptions, report: Report): Promise<void> {
  const left = new Set(options.services);
  while (left.size > 0) {
    // Asked anew each time: a restart can move the controller.
    const nodes = await observe(ports, stack, environment);
    const next = rollingOrder(nodes.filter(({ container }) => left.has(container.service)))[0];
    if (next === undefined) fail('docker/no-such-node', `${[...left].join(', ')} is no node of ${stack.cluster}`);
    const { container } = next;
    left.delete(container.service);
    await whenFree(ports, stack, environment, next, options, report);
    report(`${container.service} restarts, ${left.size} to go`);
    if (options.changed.has(container.address)) {
      await ports.terraform.apply(stack.directory, { targets: [container.address] }, () => {});
    } else {
      await ports.engine.stop(container.name, container.stopSeconds);
    }
    if ((await ports.engine.container(container.name))?.state !== 'running') await ports.engine.start(container.name);
    await waitHealthy(ports, stack, [container], options, report);
  }
  // The last one too has to catch up before this is called done.
  if (!options.force) await settle(ports, stack, environment, options, report);
}

async function whenFree(
  ports: Ports,
  stack: Stack,
  environment: Environment,
  target: ObservedNode,
  options: RollOptions,
  report: Report,
): Promise<void> {
  if (options.force) return;
  if (target.container.component === 'kafka' && !environment.monitoring.enabled)
    fail(
      'docker/blind',
      'monitoring is off, so nobody can tell whether all replicas are in sync; turn monitoring.enabled on, or give --force',
    );
  await without(ports, stack, environment, options, report, (nodes) => {
    const current = nodes.find(({ container }) => container.service === target.container.service) ?? target;
    return { obstacle: obstacle(current, nodes), doing: `restart ${target.container.service}` };
  });
}

async function settle(ports: Ports, stack: Stack, environment: Environment, options: RollOptions, report: Report): Promise<void> {
  if (!environment.monitoring.enabled) return;
  await without(ports, stack, environment, options, report, (nodes) => {
    const behind = nodes.reduce((total, { metrics }) => total + (metrics?.underReplicated ?? 0), 0);
    return {
      obstacle: behind === 0 ? undefined : { reason: `${behind} partitions have replicas that are not in sync`, passing: true },
      doing: 'be done',
    };
  });
}

/** Waits until nothing is in the way; what will not pass by itself is not waited for. */
async function without(
  ports: Ports,
  stack: Stack,
  environment: Environment,
  { timeoutSeconds }: RollOptions,
  report: Report,
  look: (nodes: readonly ObservedNode[]) => { readonly obstacle: ReturnType<typeof obstacle>; readonly doing: string },
): Promise<void> {
  const start = ports.host.clock();
  let told = '';
  for (;;) {
    const { obstacle: found, doing } = look(await observe(ports, stack, environment));
    if (found === undefined) {
      if (told !== '') report(`clear after ${seconds(ports.host.clock() - start)}`);
      return;
    }
    if (!found.passing || ports.host.clock() - start > timeoutSeconds * 1000)
      fail(
        'docker/roll-refused',
        `cannot ${doing}: ${found.reason}; nothing more is restarted; run it again when that is over, or give --force`,
      );
    if (found.reason !== told) report(`waiting: ${found.reason}`);
    told = found.reason;
    await ports.host.pause(pauseMilliseconds);
  }
}
