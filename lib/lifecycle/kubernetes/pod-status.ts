import type { KubernetesStack } from './kubernetes-stack';
import { isPodBehind, type LivePods, type PodOfWorkload } from './pods';
import type { Workload } from './workload';

/** One pod as it stands. */
export interface PodStatus {
  readonly service: string;
  readonly pod: string;
  /** As `kubectl get pods` has it, `absent` where there should be one, `stopped` where its workload was. */
  readonly state: string;
  readonly ready: boolean;
  readonly restarts: number;
  /** Seconds since its process started; absent where it does not run. */
  readonly ageSeconds?: number;
  /** bytes; absent where nobody measures. */
  readonly memory?: number;
  readonly machine?: string;
  /** It runs with what an earlier `up` gave it. */
  readonly restartPending: boolean;
  /** The environment says something else than what was applied last. */
  readonly upPending: boolean;
  /** What keeps it from being ready. */
  readonly trouble?: string;
}

/** The rows of `kafkon status`, in the order of the workloads. `memory` is by the name of the pod. */
export function podStatusRows(
  stack: KubernetesStack,
  live: LivePods,
  memory: ReadonlyMap<string, number>,
  now: Date,
): readonly PodStatus[] {
  const absent = stack.workloads.filter((declared) => !live.workloads.some((workload) => isSame(workload, declared)));
  const stopped = live.workloads.filter((workload) => !live.pods.some((pod) => pod.workload === workload));
  return [
    ...live.pods.map((pod) => rowOf(stack, pod, memory.get(pod.name), now)),
    ...stopped.map((workload) => emptyRow(workload, 'stopped')),
    ...absent.map((workload) => emptyRow(workload, 'absent')),
  ].sort((a, b) => (a.service === b.service ? Number(a.pod > b.pod) || -1 : a.service.localeCompare(b.service, 'en', { numeric: true })));
}

function rowOf(stack: KubernetesStack, pod: PodOfWorkload, memory: number | undefined, now: Date): PodStatus {
  const { workload, state, service, name } = pod;
  const declared = stack.workloads.find((each) => isSame(each, workload));
  const age = state?.startedAt === undefined ? undefined : Math.max(0, Math.floor((now.getTime() - state.startedAt.getTime()) / 1000));
  return {
    service,
    pod: name,
    state: state?.state ?? 'absent',
    ready: state?.ready === true,
    restarts: state?.restarts ?? 0,
    ...(age === undefined ? {} : { ageSeconds: age }),
    ...(memory === undefined ? {} : { memory }),
    ...(state?.machine === undefined ? {} : { machine: state.machine }),
    restartPending: isPodBehind(pod),
    upPending: declared === undefined || declared.contentHash !== workload.contentHash,
    ...(state?.trouble === undefined ? {} : { trouble: state.trouble.reason }),
  };
}

function emptyRow({ component, name }: Workload, state: 'stopped' | 'absent'): PodStatus {
  return { service: component, pod: name, state, ready: false, restarts: 0, restartPending: false, upPending: state === 'absent' };
}

function isSame(a: Workload, b: Workload): boolean {
  return a.name === b.name && a.reference.kind === b.reference.kind;
}

/** How many pods an environment should have, and has ready. */
export function readiness(stack: KubernetesStack, rows: readonly PodStatus[]): { readonly ready: number; readonly expected: number } {
  const expected = stack.workloads.reduce((sum, { replicas }) => sum + replicas, 0);
  return { ready: rows.filter(({ ready }) => ready).length, expected };
}
