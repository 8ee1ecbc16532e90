import type { Environment } from '../model';
import { unsettled, waitClear } from './clearance';
import { fail } from './failure';
import { waitHealthy } from './healthy';
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

const code = 'docker/roll-refused';

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
  await waitClear(ports.host, { code, timeoutSeconds: options.timeoutSeconds }, report, async () => {
    const nodes = await observe(ports, stack, environment);
    const current = nodes.find(({ container }) => container.service === target.container.service) ?? target;
    return { obstacle: obstacle(current, nodes), doing: `restart ${target.container.service}` };
  });
}

async function settle(
  ports: Ports,
  stack: Stack,
  environment: Environment,
  { timeoutSeconds }: RollOptions,
  report: Report,
): Promise<void> {
  if (!environment.monitoring.enabled) return;
  await waitClear(ports.host, { code, timeoutSeconds }, report, async () => unsettled(await observe(ports, stack, environment)));
}
