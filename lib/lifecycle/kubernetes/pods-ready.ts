import { fail } from '../failure';
import { seconds } from '../healthy';
import type { Report } from '../ports';
import type { KubernetesPorts } from './kubernetes-ports';
import type { KubernetesStack } from './kubernetes-stack';
import { logOf, reasonOf, wholeReasonOf } from './pod-reason';
import { type LivePods, livePods, type PodOfWorkload } from './pods';

/** What is waited for, and how long. */
export interface PodPatience {
  /** Whether a pod is waited for. @default - all */
  readonly of?: ((pod: PodOfWorkload) => boolean) | undefined;
  /** Tried on each pod that is not ready, again and again; true where it did something. @default - they are left alone */
  readonly mend?: ((pod: PodOfWorkload) => Promise<boolean>) | undefined;
  /** Seconds. */
  readonly timeoutSeconds: number;
}

const pauseMilliseconds = 1000;
/** A process that has ended so often will not come up by itself. */
const hopelessRestarts = 5;
/** So long a trouble may pass by itself before somebody is told of what Kubernetes says about it. */
const vagueMilliseconds = 10_000;
/** So many lines of a log are shown where a wait ends in vain. */
const lastLines = 10;

type Pods = Pick<KubernetesStack, 'name' | 'namespace'>;

/** Waits until pods are ready, and says of each that is not what keeps it. Fails with that, and the last lines of the first one's log. */
export async function waitPodsReady(
  ports: KubernetesPorts,
  stack: Pods,
  { of = () => true, mend, timeoutSeconds }: PodPatience,
  report: Report,
): Promise<void> {
  const { cluster, host } = ports;
  const start = host.clock();
  const told = new Map<string, string>();
  const vague = new Map<string, number>();
  let restarts: ReadonlyMap<string, number> | undefined;
  for (;;) {
    const live = await livePods(cluster, stack);
    const chosen = live.pods.filter(of);
    restarts ??= new Map(chosen.map(({ name, state }) => [name, state?.restarts ?? 0]));
    const waiting = chosen.filter((pod) => !isDone(pod, live));
    for (const pod of chosen) {
      if (waiting.includes(pod)) continue;
      if (told.get(pod.name) !== 'ready') report(`${pod.service} is ready (${seconds(host.clock() - start)})`);
      told.set(pod.name, 'ready');
    }
    if (waiting.length === 0) return;
    for (const pod of waiting) {
      if ((await mend?.(pod)) === true) continue;
      const reason = await reasonInTime(ports, stack, pod, vague);
      if (reason === undefined) continue;
      const gist = gistOf(reason);
      if (told.get(pod.name) !== gist) report(`${pod.service}: ${reason}`);
      told.set(pod.name, gist);
    }
    for (const pod of waiting) {
      const { outlook } = pod.state?.trouble ?? { outlook: 'passing' };
      const ended = (pod.state?.restarts ?? 0) - (restarts.get(pod.name) ?? 0);
      if (outlook === 'hopeless' || ended >= hopelessRestarts) await giveUp(ports, stack, [pod], 'does not come up', report);
    }
    if (host.clock() - start > timeoutSeconds * 1000) await giveUp(ports, stack, waiting, `is not ready after ${timeoutSeconds} s`, report);
    await host.pause(pauseMilliseconds);
  }
}

function isDone({ workload, state }: PodOfWorkload, { rolling }: LivePods): boolean {
  return state?.ready === true && !rolling.has(workload.name);
}

/** A reason without what changes from one attempt to the next: numbers, and whether the image is being tried or waited with. */
function gistOf(reason: string): string {
  return reason
    .replace(/\((?:ErrImagePull|ImagePullBackOff)\): (?:Back-off pulling image "[^"]*": ErrImagePull: )?/, '')
    .replace(/\d+/g, '#');
}

/** What keeps a pod. What says little of itself is asked about after a while: the events know more. */
async function reasonInTime(
  { cluster, host }: KubernetesPorts,
  stack: Pods,
  pod: PodOfWorkload,
  vague: Map<string, number>,
): Promise<string | undefined> {
  const trouble = pod.state?.trouble;
  if (trouble?.outlook === 'stuck' || trouble?.outlook === 'hopeless') return trouble.reason;
  const since = vague.get(pod.name) ?? host.clock();
  vague.set(pod.name, since);
  if (host.clock() - since < vagueMilliseconds) return undefined;
  // Asked again only as often as anything new can be there.
  vague.set(pod.name, host.clock());
  return reasonOf(cluster, stack, pod);
}

async function giveUp(
  { cluster }: KubernetesPorts,
  stack: Pods,
  pods: readonly PodOfWorkload[],
  what: string,
  report: Report,
): Promise<never> {
  const [first] = pods;
  const lines = first === undefined ? [] : await logOf(cluster, stack, first, lastLines);
  if (lines.length > 0) report(`the last lines of ${first?.service}:`);
  for (const line of lines) report(`    ${line}`);
  const whys: string[] = [];
  for (const pod of pods) whys.push(`${pod.service} ${what}: ${(await wholeReasonOf(cluster, stack, pod)) ?? 'nobody says why'}`);
  return fail('kubernetes/not-ready', whys.join('; '));
}
