import type { ContainerState, Health } from './engine';
import { type Stack, type StackContainer, servicesOf } from './stack';

/** One service as it stands. */
export interface ServiceStatus {
  readonly service: string;
  readonly container: string;
  readonly state: ContainerState['state'] | 'absent';
  readonly health: Health;
  /** Published ports of the host. */
  readonly ports: readonly number[];
  /** Seconds; absent where it does not run. */
  readonly uptimeSeconds?: number;
  /** bytes; absent where it does not run. */
  readonly memory?: number;
  readonly restarts: number;
  /** It runs with what an earlier `up` gave it. */
  readonly restartPending: boolean;
}

/** An environment in one word. */
export type Standing = 'up' | 'partly up' | 'down';

/** The rows of `kafkon status`, in the order of the stack. `memory` is by the name of the container. */
export function statusRows(
  stack: Stack,
  states: ReadonlyMap<string, ContainerState>,
  memory: ReadonlyMap<string, number>,
  now: Date,
): readonly ServiceStatus[] {
  return servicesOf(stack).map((container) => {
    const state = states.get(container.name);
    const used = memory.get(container.name);
    const running = state?.state === 'running';
    return {
      service: container.service,
      container: container.name,
      state: state?.state ?? 'absent',
      health: running ? state.health : 'none',
      ports: (state?.ports ?? []).map(({ host }) => host).sort((a, b) => a - b),
      ...(running ? { uptimeSeconds: Math.max(0, Math.floor((now.getTime() - state.startedAt.getTime()) / 1000)) } : {}),
      ...(running && used !== undefined ? { memory: used } : {}),
      restarts: state?.restarts ?? 0,
      restartPending: isBehind(container, state),
    };
  });
}

/** Whether a container was made from something else than the stack says now. */
export function isBehind(container: StackContainer, state: ContainerState | undefined): boolean {
  const hash = state?.labels['kafkon.dev/content-hash'];
  return hash !== undefined && container.contentHash !== undefined && hash !== container.contentHash;
}

/** Whether a container does its work: it is healthy, or runs where nothing checks it. */
export function isServing(state: ContainerState | undefined): boolean {
  return state?.state === 'running' && (state.health === 'healthy' || state.health === 'none');
}

/** How many of the services that there should be run. */
export function standingOf(running: number, expected: number): Standing {
  if (running === 0) return 'down';
  return running >= expected ? 'up' : 'partly up';
}
