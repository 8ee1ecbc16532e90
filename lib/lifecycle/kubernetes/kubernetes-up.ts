import { fail } from '../failure';
import { seconds } from '../healthy';
import type { Report } from '../ports';
import { isOfKind, kinds, removableKinds } from './kinds';
import { type KubernetesObject, kindKey, referenceOf, titleOf } from './kubernetes-cluster';
import type { KubernetesPorts } from './kubernetes-ports';
import { isOwn, type KubernetesStack, ownLabels } from './kubernetes-stack';
import { type KubernetesSurvey, kindsOf } from './kubernetes-survey';
import { madeHere } from './namespace';
import { isPodBehind, livePods, type PodOfWorkload } from './pods';
import { waitPodsReady } from './pods-ready';
import { confirmScaleIn, type LeavingNode } from './scale-in';
import { stoppedAnnotation, workloadOf } from './workload';

/** How to bring an environment up on Kubernetes. */
export interface KubernetesUpOptions {
  /** Set fields that somebody else has set otherwise. */
  readonly takeOver: boolean;
  /** Seconds that each wait may take. */
  readonly timeoutSeconds: number;
  /** Nodes that go, which has been found to be right. */
  readonly leaving: readonly LeavingNode[];
  /** Sets this change apart from every other one. */
  readonly occasion: string;
}

/** What there is to say of an environment once it is up. */
export interface BroughtUp {
  /** The services that run with what an earlier `up` gave them. */
  readonly restartPending: readonly string[];
}

/**
 * Brings an environment up, or to what its files say now: the server checks all of it first, then it is applied, what is not declared
 * any more goes, and every pod is waited for, and the Job. Nodes that have changed go on as they are until they are rolled. Whatever
 * broke off an earlier run, this one goes on from there.
 */
export async function upOnKubernetes(
  ports: KubernetesPorts,
  stack: KubernetesStack,
  survey: KubernetesSurvey,
  options: KubernetesUpOptions,
  report: Report,
): Promise<BroughtUp> {
  const { cluster } = ports;
  const { timeoutSeconds, takeOver } = options;
  const objects = madeHere(confirmScaleIn(stack.objects, survey.live, options.leaving, options.occasion), survey.namespace);
  await disownStopped(ports, stack, survey.live);
  // A namespace that is not there yet can hold nothing that would be in the way.
  if (survey.namespace !== undefined) await cluster.apply(objects, { takeOver, dryRun: true });
  await restoreStopped(ports, stack, survey.live);
  const jobs = objects.filter((object) => isOfKind(object, kinds.job));
  await cluster.apply(
    objects.filter((object) => !jobs.includes(object)),
    { takeOver, dryRun: false },
  );
  const after = await liveObjects(ports, stack);
  report(changesText(stack, survey.live, after));
  await removeUndeclared(ports, stack, after, report);
  await waitPodsReady(ports, stack, { mend: (pod) => replaceDead(ports, stack, pod, report), timeoutSeconds }, report);
  // Begun earlier it would find nobody, and pause longer and longer between its attempts.
  await cluster.apply(jobs, { takeOver, dryRun: false });
  for (const job of jobs) await waitJob(ports, stack, job, timeoutSeconds, report);
  const { pods } = await livePods(cluster, stack);
  return { restartPending: pods.filter(isPodBehind).map(({ service }) => service) };
}

/** A stop that was broken off may have left the number of pods in a name of its own, against which nothing could be applied. */
async function disownStopped({ cluster }: KubernetesPorts, stack: KubernetesStack, live: readonly KubernetesObject[]): Promise<void> {
  for (const object of live) {
    const workload = isOwn(stack, object) ? workloadOf(object) : undefined;
    if (workload?.stoppedReplicas === undefined) continue;
    await cluster.scale(workload.reference, { replicas: workload.replicas, annotations: {} });
  }
}

/** A workload that was stopped gets its pods back, in the name of nobody: who applies it afterwards has no other owner against him. */
async function restoreStopped({ cluster }: KubernetesPorts, stack: KubernetesStack, live: readonly KubernetesObject[]): Promise<void> {
  for (const object of live) {
    const workload = isOwn(stack, object) ? workloadOf(object) : undefined;
    if (workload?.stoppedReplicas === undefined) continue;
    const declared = stack.workloads.find(({ name, reference }) => name === workload.name && reference.kind === object.kind);
    const replicas = declared?.replicas ?? workload.replicas;
    await cluster.scale(workload.reference, { replicas, annotations: { [stoppedAnnotation]: null } });
  }
}

/** Everything that is there of an environment and may be removed with it. */
export async function liveObjects({ cluster }: KubernetesPorts, stack: KubernetesStack): Promise<readonly KubernetesObject[]> {
  const { inside } = kindsOf([...stack.objects, ...removableKinds], await cluster.kinds());
  return cluster.list(stack.namespace, inside, ownLabels(stack));
}

function changesText(stack: KubernetesStack, before: readonly KubernetesObject[], after: readonly KubernetesObject[]): string {
  const counts = { made: 0, changed: 0, 'as they were': 0 };
  for (const object of stack.objects) {
    const same = (each: KubernetesObject) => isOfKind(each, object) && each.metadata.name === object.metadata.name;
    const now = after.find(same)?.metadata;
    const then = before.find(same)?.metadata;
    if (now === undefined) continue;
    if (then === undefined) counts.made++;
    else counts[then.resourceVersion === now.resourceVersion ? 'as they were' : 'changed']++;
  }
  const parts = Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `applied: ${parts.join(', ')}`;
}

/**
 * A node whose process does not run, made from something else than what is applied now, would stay as it is for good: nothing but a roll
 * restarts nodes. It serves nobody, so nothing is lost.
 */
async function replaceDead(
  { cluster }: KubernetesPorts,
  { namespace }: KubernetesStack,
  pod: PodOfWorkload,
  report: Report,
): Promise<boolean> {
  const { name, service, state } = pod;
  if (state === undefined || state.running || state.leaving || !isPodBehind(pod)) return false;
  const evicted = await cluster.evict(namespace, name, state.uid);
  if (evicted) report(`${service} does not run, and is made anew from what is applied now`);
  return evicted;
}

/** What an earlier `up` made and nothing declares any more. Jobs end, and go, by themselves. */
async function removeUndeclared(
  { cluster }: KubernetesPorts,
  stack: KubernetesStack,
  live: readonly KubernetesObject[],
  report: Report,
): Promise<void> {
  const declared = new Set(stack.objects.map((object) => `${kindKey(object)}/${object.metadata.name}`));
  const undeclared = live.filter(
    (object) =>
      isOwn(stack, object) &&
      !isOfKind(object, kinds.job) &&
      removableKinds.some((kind) => isOfKind(kind, object)) &&
      !isMadeByAnother(object) &&
      !declared.has(`${kindKey(object)}/${object.metadata.name}`),
  );
  for (const object of undeclared) report(`${titleOf(object)} is removed, which nothing declares any more`);
  await cluster.remove(undeclared.map(referenceOf));
}

/** Such as a Service's endpoints, or what an operator makes of a custom resource: its owner sees to it. */
function isMadeByAnother({ metadata }: KubernetesObject): boolean {
  return ((metadata as { ownerReferences?: readonly unknown[] }).ownerReferences ?? []).length > 0;
}

interface JobObject {
  readonly status?: {
    readonly succeeded?: number;
    readonly failed?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

async function waitJob(
  { cluster, host }: KubernetesPorts,
  { namespace }: KubernetesStack,
  job: KubernetesObject,
  timeoutSeconds: number,
  report: Report,
): Promise<void> {
  const start = host.clock();
  const { name } = job.metadata;
  let told = 0;
  for (;;) {
    const found = await cluster.find({ ...referenceOf(job), namespace });
    const { succeeded = 0, failed = 0, conditions = [] } = (found as JobObject | undefined)?.status ?? {};
    if (succeeded > 0) return report(`${name} is done (${seconds(host.clock() - start)})`);
    const over = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
    if (failed > told) report(`${name}: attempt ${failed} has failed`);
    told = failed;
    const late = host.clock() - start > timeoutSeconds * 1000;
    if (over !== undefined || late) {
      const lines = await lastAttempt({ cluster, host }, namespace, name);
      for (const line of lines) report(`    ${line}`);
      const why = over === undefined ? `is not done after ${timeoutSeconds} s` : `has failed: ${over.message ?? 'nobody says why'}`;
      fail('kubernetes/job', `the Job ${name} ${why}; its log says: ${lines.at(-1) ?? 'nothing'}`);
    }
    await host.pause(1000);
  }
}

async function lastAttempt({ cluster }: KubernetesPorts, namespace: string, job: string): Promise<readonly string[]> {
  const pods = await cluster.list(namespace, [kinds.pod], { 'job-name': job });
  const newest = [...pods].sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1))[0];
  const lines: string[] = [];
  if (newest !== undefined)
    await cluster.logs(namespace, newest.metadata.name, { follow: false, tail: 10 }, (line) => lines.push(line)).catch(() => undefined);
  return lines;
}
