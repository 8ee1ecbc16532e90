import { kinds } from './kinds';
import type { KubernetesCluster } from './kubernetes-cluster';
import type { KubernetesStack } from './kubernetes-stack';
import { tellingLine } from './last-words';
import type { PodOfWorkload } from './pods';

interface EventObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly involvedObject?: { readonly name?: string };
}

type Where = Pick<KubernetesStack, 'namespace'>;

const logLines = 300;

/**
 * What keeps a pod: in its own words where it is a node of Kafka that answers, else with what Kubernetes warns of where the pod says
 * little of itself. Undefined where nobody says anything.
 */
export async function reasonOf(
  cluster: KubernetesCluster,
  { namespace }: Where,
  { name, workload, state }: PodOfWorkload,
): Promise<string | undefined> {
  const trouble = state?.trouble;
  if (trouble?.outlook === 'stuck' || trouble?.outlook === 'hopeless') return trouble.reason;
  const own =
    state?.running === true && state.readinessPort !== undefined
      ? await cluster.ask(namespace, name, state.readinessPort, '/why')
      : undefined;
  // Of a node that tells it by itself, Kubernetes knows no more than that it says no.
  if (own !== undefined) return `${trouble?.reason ?? 'not ready'}: ${own.trim()}`;
  const events = await cluster.list(namespace, [kinds.event]);
  const warning = newestWarning(
    events as readonly unknown[] as readonly EventObject[],
    state === undefined ? [name, workload.name] : [name],
  );
  const basic = state === undefined ? 'there is no pod yet' : trouble?.reason;
  return warning === undefined ? basic : `${basic ?? 'not ready'}; ${warning}`;
}

/** The same, and the error in the pod's log where it has one. */
export async function wholeReasonOf(cluster: KubernetesCluster, where: Where, pod: PodOfWorkload): Promise<string | undefined> {
  const reason = await reasonOf(cluster, where, pod);
  const error = tellingLine(await logOf(cluster, where, pod, logLines)) ?? (await earlierError(cluster, where, pod));
  if (error === undefined || reason?.includes(error) === true) return reason;
  return `${reason ?? 'not ready'}; its log says: ${error}`;
}

/**
 * The end of a pod's log: of the container before the one that runs, where that is asked for or none runs any more. Empty where there
 * is none.
 */
export async function logOf(
  cluster: KubernetesCluster,
  { namespace }: Where,
  { name, state }: PodOfWorkload,
  tail: number,
  previous: boolean = state?.running === false && state.restarts > 0,
): Promise<readonly string[]> {
  const lines: string[] = [];
  if (state === undefined) return lines;
  await cluster.logs(namespace, name, { follow: false, tail, previous }, (line) => lines.push(line)).catch(() => undefined);
  return lines;
}

/** What a process that has ended and runs again ended with: the new one may not have come as far yet. */
async function earlierError(cluster: KubernetesCluster, where: Where, pod: PodOfWorkload): Promise<string | undefined> {
  if (pod.state?.running !== true || pod.state.restarts === 0) return undefined;
  return tellingLine(await logOf(cluster, where, pod, logLines, true));
}

function newestWarning(events: readonly EventObject[], names: readonly string[]): string | undefined {
  const time = ({ lastTimestamp, eventTime }: EventObject) => lastTimestamp ?? eventTime ?? '';
  const own = events.filter(({ type, involvedObject }) => type === 'Warning' && names.includes(involvedObject?.name ?? ''));
  const newest = own.sort((a, b) => (time(a) < time(b) ? 1 : -1))[0];
  return newest === undefined ? undefined : `${newest.reason ?? 'Warning'}: ${newest.message ?? ''}`;
}
