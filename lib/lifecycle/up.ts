import type { Environment } from '../model';
import { EngineRefusal } from './engine-request';
import { waitController, waitHealthy } from './healthy';
import { startOrder } from './layers';
import { nodesOf } from './observe';
import { removeOrphans } from './orphans';
import type { Ports, Report } from './ports';
import { settleRemovals } from './removals';
import { roll } from './roll';
import { type Stack, servicesOf } from './stack';
import { statesOf } from './states';
import { isBehind } from './status';
import type { Change } from './terraform';

/** How to bring an environment up. */
export interface UpOptions {
  /** Pull every image, those that are there too. */
  readonly pull: boolean;
  /** Restart nodes even where partitions would lose writes for a moment. */
  readonly force: boolean;
  /** Nodes and volumes with data that are no longer in the environment and may go. @default none */
  readonly remove?: readonly string[];
  /** Seconds that a service may take to become healthy. */
  readonly timeoutSeconds: number;
}

/**
 * Brings an environment up, or to what its files say now: applies the plan, restarts what has changed one node at a time, starts what
 * is stopped, and waits until all of it is healthy. Whatever broke off an earlier run, this one goes on from there. Nothing that holds
 * data goes unless `remove` names it. The checks before it are `preflightProblems`.
 */
export async function up(ports: Ports, stack: Stack, environment: Environment, options: UpOptions, report: Report): Promise<void> {
  const { terraform } = ports;
  if (options.pull) await pull(ports, stack, report);
  report(`${await terraform.version()}: init`);
  await terraform.init(stack.directory, () => {});
  await removeOrphans(ports, stack, report);
  await startUnchanged(ports, stack, report);
  const planned = await terraform.plan(stack.directory);
  const consent = { remove: options.remove ?? [], force: options.force };
  const changes = await settleRemovals(ports, stack, environment, planned, consent, report);
  report(changes.length === 0 ? 'plan: nothing to change' : `plan: ${summary(changes)}`);
  const rolling = await runningNodesToReplace(ports, stack, changes);
  const rest = changes.map(({ address }) => address).filter((address) => !rolling.some((node) => node.address === address));
  if (rest.length > 0) await terraform.apply(stack.directory, rolling.length === 0 ? {} : { targets: rest }, applyProgress(report));
  await start(ports, stack, report);
  if (rolling.length > 0) {
    const services = rolling.map(({ service }) => service);
    await roll(ports, stack, environment, { ...options, services, changed: new Set(rolling.map(({ address }) => address)) }, report);
  }
  await waitHealthy(ports, stack, startOrder(servicesOf(stack)), options, report);
  await waitController(ports, stack, environment, options, report);
}

/** Starts what is stopped, from the bottom up. Terraform leaves a container alone that somebody has stopped. */
export async function start({ engine }: Ports, stack: Stack, report: Report): Promise<void> {
  const states = await statesOf(engine, stack);
  for (const { name, service } of startOrder(servicesOf(stack))) {
    const state = states.get(name);
    if (state === undefined || state.state === 'running' || state.state === 'restarting') continue;
    report(`${service} starts`);
    await engine.start(name);
  }
}

/**
 * Starts what is stopped and has not changed, before anything is planned: the provider sees no published port on a stopped container and
 * would make it anew. What does not start as it is, is left to it.
 */
async function startUnchanged(ports: Ports, stack: Stack, report: Report): Promise<void> {
  const states = await statesOf(ports.engine, stack);
  const containers = stack.containers.filter((container) => {
    const state = states.get(container.name);
    return state?.state === 'exited' && !isBehind(container, state);
  });
  await start(ports, { ...stack, containers }, report).catch((error: unknown) => {
    if (!(error instanceof EngineRefusal)) throw error;
    report(error.message);
  });
}

/** `2 to create, 1 to replace` */
export function summary(changes: readonly Change[]): string {
  const kinds = ['create', 'update', 'replace', 'delete'] as const;
  return kinds
    .map((kind) => ({ kind, count: changes.filter(({ action }) => action === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} to ${kind}`)
    .join(', ');
}

/** Terraform would destroy them all before it makes the first one anew. */
async function runningNodesToReplace({ engine }: Ports, stack: Stack, changes: readonly Change[]) {
  const replaced = new Set(changes.filter(({ action }) => action === 'replace').map(({ address }) => address));
  const states = await statesOf(engine, stack);
  return nodesOf(stack).filter(({ address, name }) => replaced.has(address) && states.get(name)?.state === 'running');
}

async function pull({ engine }: Ports, { images }: Stack, report: Report): Promise<void> {
  for (const image of images) {
    report(`pulling ${image}`);
    await engine.pullImage(image);
  }
}

/** Of all that Terraform prints, what it has made or removed. */
function applyProgress(report: Report): Report {
  return (line) => {
    const done = /^docker_(\w+)\.([\w-]+): (Creation|Destruction|Modifications) complete/.exec(line);
    if (done !== null)
      report(`${done[1]} ${done[2]} ${done[3] === 'Creation' ? 'made' : done[3] === 'Destruction' ? 'removed' : 'changed'}`);
  };
}
