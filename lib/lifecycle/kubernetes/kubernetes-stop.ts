import { type Environment, scaleInAnnotation, scaleInConfirmation } from '../../model';
import { fail } from '../failure';
import { activeController } from '../observe';
import type { Report } from '../ports';
import type { KubernetesPorts } from './kubernetes-ports';
import type { KubernetesStack } from './kubernetes-stack';
import { observePods } from './observe-pods';
import { livePods } from './pods';
import { waitPodsReady } from './pods-ready';
import { ordinalIn, serviceOf, stoppedAnnotation, type Workload } from './workload';
import { type StopStep, startLayers, stopSteps } from './workload-layers';

/** Over the time that a pod may take to stop, until it is held to be stuck. */
const slackSeconds = 60;
const pauseMilliseconds = 1000;

/**
 * Stops an environment: its workloads have no pods any more, and remember how many they had. Volumes stay. `occasion` sets this stop
 * apart from every other one, for the cluster that wants each change to fewer nodes confirmed.
 */
export async function stopOnKubernetes(
  ports: KubernetesPorts,
  stack: KubernetesStack,
  environment: Environment,
  occasion: string,
  report: Report,
): Promise<void> {
  const { cluster } = ports;
  const live = await livePods(cluster, stack);
  const controller = activeController(await observePods(cluster, stack, environment, live));
  const had = new Map(live.workloads.map((workload) => [workload.name, Math.max(workload.replicas, workload.stoppedReplicas ?? 0)]));
  const now = new Map(live.workloads.map(({ name, replicas }) => [name, replicas]));
  for (const step of stopSteps(live.workloads, controller)) {
    report(`${servicesOf(step, now).join(', ')} ${step.length === 1 ? 'stops' : 'stop'}`);
    for (const { workload, replicas } of step) {
      const from = now.get(workload.name) ?? workload.replicas;
      const confirmation = workload.nodes ? { [scaleInAnnotation]: scaleInConfirmation(from, replicas, occasion) } : {};
      const annotations = { [stoppedAnnotation]: String(had.get(workload.name) ?? from), ...confirmation };
      await cluster.scale(workload.reference, { replicas, annotations });
      now.set(workload.name, replicas);
    }
    await waitGone(ports, stack, step);
  }
}

/** Starts what `stopOnKubernetes` has stopped, from the bottom up, each layer when the one below it is ready; then all is waited for. */
export async function startOnKubernetes(
  ports: KubernetesPorts,
  stack: KubernetesStack,
  timeoutSeconds: number,
  report: Report,
): Promise<void> {
  const { cluster } = ports;
  const { workloads } = await livePods(cluster, stack);
  const missing = stack.workloads.filter(
    ({ name, reference }) => !workloads.some((each) => each.name === name && each.reference.kind === reference.kind),
  );
  if (workloads.length === 0)
    fail('kubernetes/not-up', `${stack.name} is not up: there is no ${missing.map(({ name }) => name).join(', ')}; "kafkon up" makes them`);
  for (const layer of startLayers(workloads)) {
    for (const workload of layer) {
      const { stoppedReplicas, reference, component, name } = workload;
      if (stoppedReplicas === undefined) continue;
      report(`${name === component ? name : `${component} (${name})`} starts`);
      await cluster.scale(reference, { replicas: stoppedReplicas, annotations: { [stoppedAnnotation]: null, [scaleInAnnotation]: null } });
    }
    const names = new Set(layer.map(({ name }) => name));
    await waitPodsReady(ports, stack, { of: ({ workload }) => names.has(workload.name), timeoutSeconds }, report);
  }
}

function servicesOf(step: StopStep, now: ReadonlyMap<string, number>): readonly string[] {
  return step.flatMap(({ workload, replicas }) => {
    if (!workload.nodes) return [workload.component];
    const before = now.get(workload.name) ?? workload.replicas;
    return Array.from({ length: before - replicas }, (_, index) => serviceOf(workload, workload.start + replicas + index));
  });
}

async function waitGone({ cluster, host }: KubernetesPorts, stack: KubernetesStack, step: StopStep): Promise<void> {
  const patience = Math.max(...step.map(({ workload }) => workload.stopSeconds)) + slackSeconds;
  const start = host.clock();
  for (;;) {
    const { pods } = await livePods(cluster, stack);
    const left = pods.filter(({ workload, name, state }) => state !== undefined && isLeaving(step, workload, name));
    if (left.length === 0) return;
    if (host.clock() - start > patience * 1000)
      fail(
        'kubernetes/not-stopped',
        `${left.map(({ service }) => service).join(', ')} has not stopped after ${patience} s; look at "kubectl describe pod"`,
      );
    await host.pause(pauseMilliseconds);
  }
}

function isLeaving(step: StopStep, workload: Workload, pod: string): boolean {
  const target = step.find((each) => each.workload.name === workload.name && each.workload.reference.kind === workload.reference.kind);
  if (target === undefined) return false;
  const ordinal = ordinalIn(workload, pod);
  return !workload.nodes || ordinal === undefined || ordinal >= workload.start + target.replicas;
}
