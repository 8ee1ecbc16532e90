import { type Environment, scaleInAnnotation, scaleInConfirmation } from '../../model';
import { fail } from '../failure';
import { activeController } from '../observe';
import type { Report } from '../ports';
import { kinds } from './kinds';
import type { ObjectReference } from './kubernetes-cluster';
import type { KubernetesPorts } from './kubernetes-ports';
import type { KubernetesStack } from './kubernetes-stack';
import { observePods } from './observe-pods';
import { livePods, type PodOfWorkload } from './pods';
import { waitPodsReady } from './pods-ready';
import { ordinalIn, ordinalsOf, serviceOf, stoppedAnnotation, type Workload } from './workload';
import { type StopStep, startLayers, stopSteps } from './workload-layers';

/** Over the time that a pod may take to stop, until it is held to be stuck. */
const slackSeconds = 60;
const pauseMilliseconds = 1000;
/** What the agent in a node says of one that has asked for leave to go and not got it yet. */
const handingOver = /handing over its partitions/;

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
  const majority = majorityOf(live.workloads);
  for (const step of stopSteps(live.workloads, controller)) {
    const services = servicesOf(step, now);
    report(`${services.join(', ')} ${services.length === 1 ? 'stops' : 'stop'}`);
    for (const { workload, replicas } of step) {
      const from = now.get(workload.name) ?? workload.replicas;
      const confirmation = workload.nodes ? { [scaleInAnnotation]: scaleInConfirmation(from, replicas, occasion) } : {};
      const annotations = { [stoppedAnnotation]: String(had.get(workload.name) ?? from), ...confirmation };
      await cluster.scale(workload.reference, { replicas, annotations });
      now.set(workload.name, replicas);
    }
    await waitGone(ports, stack, step, majority, report);
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

async function waitGone(
  { cluster, host }: KubernetesPorts,
  stack: KubernetesStack,
  step: StopStep,
  majority: number,
  report: Report,
): Promise<void> {
  const patience = Math.max(...step.map(({ workload }) => workload.stopSeconds)) + slackSeconds;
  const start = host.clock();
  let suspects: ReadonlySet<string> = new Set();
  for (;;) {
    const { pods } = await livePods(cluster, stack);
    const left = pods.filter(({ workload, name, state }) => state !== undefined && isLeaving(step, workload, name));
    if (left.length === 0) return;
    const stranded = await strandedAmong(cluster, stack, left, pods, majority);
    // Seen once, it may just have been let go.
    const sure = stranded.filter(({ name }) => suspects.has(name));
    for (const { service } of sure)
      report(`${service} is killed: no controller is left to hand its partitions over to; it recovers its logs when it starts`);
    await cluster.remove(sure.map(podReference(stack)), { graceSeconds: 1 });
    suspects = new Set(stranded.map(({ name }) => name));
    if (host.clock() - start > patience * 1000)
      fail(
        'kubernetes/not-stopped',
        `${left.map(({ service }) => service).join(', ')} has not stopped after ${patience} s; look at "kubectl describe pod"`,
      );
    await host.pause(pauseMilliseconds);
  }
}

const podReference =
  ({ namespace }: KubernetesStack) =>
  ({ name }: PodOfWorkload): ObjectReference => ({ ...kinds.pod, name, namespace });

const votes = ({ component, roles, nodes }: Workload) => nodes && component === 'kafka' && roles.includes('controller');

/** How many controllers it takes to elect one; 0 where there are none. */
function majorityOf(workloads: readonly Workload[]): number {
  const voters = workloads.filter(votes).reduce((sum, workload) => sum + ordinalsOf(workload).length, 0);
  return voters === 0 ? 0 : Math.floor(voters / 2) + 1;
}

/**
 * Nodes that wait for leave to go, which nobody can give any more: those that stop together may miss each other by a moment. Left alone
 * they would wait until they are killed for it.
 */
async function strandedAmong(
  cluster: KubernetesPorts['cluster'],
  { namespace }: KubernetesStack,
  left: readonly PodOfWorkload[],
  pods: readonly PodOfWorkload[],
  majority: number,
): Promise<readonly PodOfWorkload[]> {
  const voters = pods.filter(({ workload, state }) => votes(workload) && state?.running === true);
  if (voters.length >= majority) return [];
  const said = await Promise.all(
    left.map(async ({ name, state }) =>
      state?.running !== true || state.readinessPort === undefined ? undefined : cluster.ask(namespace, name, state.readinessPort, '/why'),
    ),
  );
  return left.filter((_, index) => handingOver.test(said[index] ?? ''));
}

function isLeaving(step: StopStep, workload: Workload, pod: string): boolean {
  const target = step.find((each) => each.workload.name === workload.name && each.workload.reference.kind === workload.reference.kind);
  if (target === undefined) return false;
  const ordinal = ordinalIn(workload, pod);
  return !workload.nodes || ordinal === undefined || ordinal >= workload.start + target.replicas;
}
