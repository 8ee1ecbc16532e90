import { readStartedKafka, type StartedKafka } from '../../model';
import type { KubernetesObject } from './kubernetes-cluster';
import { lastWords } from './last-words';
import { podHashAnnotation } from './workload';

/** Why a pod is not ready. */
export interface PodTrouble {
  readonly reason: string;
  /** How it will go on: by itself, perhaps if somebody helps, or not at all. */
  readonly outlook: 'passing' | 'stuck' | 'hopeless';
}

/** A pod as it is. */
export interface PodState {
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `Running`, `Pending`, … as `kubectl get pods` would have it: the reason where there is one. */
  readonly state: string;
  readonly ready: boolean;
  /** Its main container runs, ready or not. */
  readonly running: boolean;
  readonly leaving: boolean;
  readonly restarts: number;
  readonly startedAt: Date | undefined;
  /** The machine; absent until there is one. */
  readonly machine?: string;
  /** What it was made from. */
  readonly contentHash?: string;
  readonly revision?: string;
  /** Nodes of Kafka alone. */
  readonly started?: StartedKafka;
  /** Where a node of Kafka says why it is not ready; absent where it has no such port. */
  readonly readinessPort?: number;
  /** Absent when it is ready. */
  readonly trouble?: PodTrouble;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: { readonly startedAt: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode: number; readonly message?: string };
  };
  readonly lastState?: { readonly terminated?: { readonly reason?: string; readonly exitCode: number; readonly message?: string } };
}

interface PodObject {
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly { readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[] }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

const never = new Set(['ErrImageNeverPull', 'InvalidImageName']);
const images = new Set(['ImagePullBackOff', 'ErrImagePull', ...never]);
const passing = new Set(['ContainerCreating', 'PodInitializing']);

/** Reads a pod. */
export function podStateOf(object: KubernetesObject): PodState {
  const { metadata } = object;
  const { spec, status = {} } = object as PodObject;
  const main = status.containerStatuses ?? [];
  const ready = status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
  const leaving = metadata.deletionTimestamp !== undefined;
  const started = main[0]?.state?.running?.startedAt;
  const hash = metadata.annotations?.[podHashAnnotation];
  const revision = metadata.labels?.['controller-revision-hash'];
  const kafka = readStartedKafka(metadata.annotations ?? {});
  const port = spec?.containers?.flatMap(({ ports = [] }) => ports).find(({ name }) => name === 'readiness')?.containerPort;
  const trouble = ready && !leaving ? undefined : troubleOf(object as PodObject, leaving);
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    labels: metadata.labels ?? {},
    state: leaving ? 'Terminating' : (stuckReason(status) ?? status.phase ?? 'Unknown'),
    ready: ready && !leaving,
    running: isRunning(status),
    leaving,
    restarts: main.reduce((sum, { restartCount }) => sum + restartCount, 0),
    startedAt: started === undefined ? undefined : new Date(started),
    ...(spec?.nodeName === undefined ? {} : { machine: spec.nodeName }),
    ...(hash === undefined ? {} : { contentHash: hash }),
    ...(revision === undefined ? {} : { revision }),
    ...(kafka === undefined ? {} : { started: kafka }),
    ...(port === undefined ? {} : { readinessPort: port }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

function isRunning({ containerStatuses = [] }: NonNullable<PodObject['status']>): boolean {
  return containerStatuses.length > 0 && containerStatuses.every(({ state }) => state?.running !== undefined);
}

function containersOf({ containerStatuses = [], initContainerStatuses = [] }: NonNullable<PodObject['status']>) {
  return [...initContainerStatuses, ...containerStatuses];
}

function stuckReason(status: NonNullable<PodObject['status']>): string | undefined {
  if (status.reason !== undefined) return status.reason;
  for (const { state, ready } of containersOf(status)) {
    if (state?.waiting?.reason !== undefined && !passing.has(state.waiting.reason)) return state.waiting.reason;
    if (state?.terminated !== undefined && !ready && state.terminated.exitCode !== 0) return state.terminated.reason;
  }
  return undefined;
}

function troubleOf({ spec, status = {} }: PodObject, leaving: boolean): PodTrouble {
  if (leaving) return { reason: 'is being stopped', outlook: 'passing' };
  if (status.phase === 'Failed') return { reason: `has failed: ${status.message ?? status.reason ?? 'nobody says why'}`, outlook: 'stuck' };
  if (spec?.nodeName === undefined) {
    const unscheduled = status.conditions?.find(({ type, status: value }) => type === 'PodScheduled' && value === 'False');
    if (unscheduled === undefined) return { reason: 'waits for a machine', outlook: 'passing' };
    return { reason: `no machine can take it: ${unscheduled.message ?? 'nobody says why'}`, outlook: 'stuck' };
  }
  for (const container of containersOf(status)) {
    const found = containerTrouble(container);
    if (found !== undefined) return found;
  }
  return { reason: isRunning(status) ? 'runs and is not ready yet' : 'is being made', outlook: 'passing' };
}

/** What a program wrote before it ended, as far as it says why, where the cluster kept it. */
function said(message = ''): string {
  const line = lastWords(message.split('\n'));
  return line === undefined ? '' : `; it said: ${line}`;
}

function containerTrouble({ name, state, lastState, restartCount }: ContainerStatus): PodTrouble | undefined {
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (images.has(reason))
    return { reason: `its image cannot be had (${reason}): ${message}`, outlook: never.has(reason) ? 'hopeless' : 'stuck' };
  const ended = state?.terminated ?? lastState?.terminated;
  if (reason === 'CrashLoopBackOff' || (state?.terminated !== undefined && state.terminated.exitCode !== 0))
    return {
      reason: `${name} does not stay up: ${ended?.reason ?? 'ended'}, exit code ${ended?.exitCode ?? 'unknown'}, ${restartCount} restarts${said(ended?.message)}`,
      outlook: 'stuck',
    };
  if (reason !== '' && !passing.has(reason)) return { reason: `${name} cannot start (${reason}): ${message}`, outlook: 'stuck' };
  return undefined;
}
