import type { ContainerState, Engine } from './engine';

/** What asks costs a process in the container; the slowest of the checks gives up by itself before that. */
const patienceSeconds = 10;

/**
 * A container with the health that it has at this moment. The engine looks every few seconds, the first time when as many have passed:
 * a container that it does not call healthy is asked with the very same check. What the engine calls healthy is believed.
 */
export async function healthNow(engine: Pick<Engine, 'run'>, state: ContainerState): Promise<ContainerState> {
  const { name, health, healthCheck } = state;
  if (state.state !== 'running' || health === 'healthy' || healthCheck.length === 0) return state;
  // One that goes away while it is asked, or does not answer in time, is as the engine says.
  const { code } = await engine.run(name, healthCheck, { timeoutSeconds: patienceSeconds }).catch(() => ({ code: -1 }));
  return code === 0 ? { ...state, health: 'healthy' } : state;
}

/** The same for several at once. */
export async function allHealthNow(engine: Pick<Engine, 'run'>, states: Iterable<ContainerState>): Promise<readonly ContainerState[]> {
  return Promise.all([...states].map((state) => healthNow(engine, state)));
}
