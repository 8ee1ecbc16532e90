import type { Environment } from '../model';
import type { ContainerState } from './engine';
import { fail } from './failure';
import { healthNow } from './health';
import { activeController, observe } from './observe';
import type { Ports, Report } from './ports';
import type { Stack, StackContainer } from './stack';
import { statesOf } from './states';
import { isServing } from './status';

/** How long to wait. */
export interface Patience {
  /** Seconds. */
  readonly timeoutSeconds: number;
}

const pauseMilliseconds = 500;
/** A process that has ended so often will not come up by itself. */
const hopelessRestarts = 5;

/**
 * Waits until each of the containers does its work: its health check says so, which for a broker means registered and caught up, and
 * for the rest that it answers. Fails with the last lines of what does not.
 */
export async function waitHealthy(
  ports: Ports,
  stack: Stack,
  containers: readonly StackContainer[],
  { timeoutSeconds }: Patience,
  report: Report,
): Promise<void> {
  const { host } = ports;
  const start = host.clock();
  const waiting = new Map(containers.map((container) => [container.name, container]));
  const first = await statesOf(ports.engine, { ...stack, containers });
  const restarts = new Map([...first.values()].map((state) => [state.name, state.restarts]));
  for (;;) {
    const states = await statesOf(ports.engine, { ...stack, containers: [...waiting.values()] });
    // Every check is a process, so they take turns: those that still start need the processor themselves.
    const turn = takeTurn(waiting);
    for (const { name, service } of [...waiting.values()]) {
      const known = states.get(name);
      const state = name === turn && known !== undefined ? await healthNow(ports.engine, known) : known;
      if (isServing(state)) {
        waiting.delete(name);
        report(`${service} is healthy (${seconds(host.clock() - start)})`);
      } else if (isHopeless(state, restarts.get(name) ?? 0)) await giveUp(ports, name, service, state, 'does not stay up', report);
    }
    if (waiting.size === 0) return;
    if (host.clock() - start > timeoutSeconds * 1000) {
      const [{ name, service } = { name: '', service: '' }] = waiting.values();
      await giveUp(ports, name, service, states.get(name), `is not healthy after ${timeoutSeconds} s`, report);
    }
    await host.pause(pauseMilliseconds);
  }
}

/** The one that waits longest, which goes to the end of the line. */
function takeTurn(waiting: Map<string, StackContainer>): string | undefined {
  const [first] = waiting;
  if (first === undefined) return undefined;
  waiting.delete(first[0]);
  waiting.set(...first);
  return first[0];
}

/** Waits until one node says that it is the active controller. Where no metrics are exported, ready brokers have one. */
export async function waitController(
  ports: Ports,
  stack: Stack,
  environment: Environment,
  { timeoutSeconds }: Patience,
  report: Report,
): Promise<void> {
  if (!environment.monitoring.enabled) return;
  const start = ports.host.clock();
  for (;;) {
    const nodes = await observe(ports, stack, environment);
    const id = activeController(nodes);
    if (id !== undefined) return report(`kafka-${id} is the active controller`);
    const silent = nodes.every(({ metrics }) => metrics === undefined);
    if (ports.host.clock() - start > timeoutSeconds * 1000)
      fail(
        'docker/no-controller',
        `no node ${silent ? 'tells its metrics' : 'is the active controller'} after ${timeoutSeconds} s; look at "kafkon logs" of the controllers`,
      );
    await ports.host.pause(pauseMilliseconds * 2);
  }
}

function isHopeless(state: ContainerState | undefined, before: number): boolean {
  if (state === undefined) return false;
  return state.state === 'dead' || state.restarts - before >= hopelessRestarts;
}

async function giveUp(
  { engine }: Ports,
  name: string,
  service: string,
  state: ContainerState | undefined,
  what: string,
  report: Report,
): Promise<never> {
  if (state === undefined) return fail('docker/not-healthy', `${service} ${what}: there is no container ${name}`);
  report(`the last lines of ${service}:`);
  await engine.logs(name, { follow: false, tail: 10 }, (line) => report(`    ${line}`));
  const check = state.healthOutput === '' ? '' : `; its health check says: ${state.healthOutput}`;
  return fail('docker/not-healthy', `${service} ${what}: ${state.state}, ${state.health}, exit code ${state.exitCode}${check}`);
}

/** Milliseconds as a person reads them. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}
