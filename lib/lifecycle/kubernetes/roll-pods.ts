import type { Environment } from '../../model';
import { unsettled, waitClear } from '../clearance';
import { fail } from '../failure';
import type { Report } from '../ports';
import { obstacle, rollingOrder } from '../rolling-order';
import type { KubernetesPorts } from './kubernetes-ports';
import type { KubernetesStack } from './kubernetes-stack';
import { type ObservedPod, observePods } from './observe-pods';
import { isPodBehind, livePods } from './pods';
import { waitPodsReady } from './pods-ready';

/** Which nodes restart, and how sure to be. */
export interface PodRollOptions {
  /** The names of the services; all others are left alone. */
  readonly services: readonly string[];
  /** Go on where partitions would lose writes for a moment, or nobody knows. */
  readonly force: boolean;
  /** Seconds for each wait. */
  readonly timeoutSeconds: number;
}

const code = 'kubernetes/roll-refused';

/**
 * Restarts the pods of nodes one at a time, over all pools and zones: each is evicted only when every other one is ready and all
 * replicas are in sync, and the next only when it is back. Those whose process does not run at all go first and together, since they
 * may need each other to come up. A run that is broken off can be run again.
 */
export async function rollPods(
  ports: KubernetesPorts,
  stack: Pick<KubernetesStack, 'name' | 'namespace'>,
  environment: Environment,
  { services, force, timeoutSeconds }: PodRollOptions,
  report: Report,
): Promise<void> {
  const { cluster, host } = ports;
  const look = async () => observePods(cluster, stack, environment, await livePods(cluster, stack));
  const left = new Set(services);
  const restart = async (nodes: readonly ObservedPod[]) => {
    for (const { pod } of nodes) left.delete(pod.service);
    report(`${nodes.map(({ pod }) => pod.service).join(', ')} ${nodes.length === 1 ? 'restarts' : 'restart'}, ${left.size} to go`);
    for (const { pod } of nodes) await evict(ports, stack.namespace, pod.name, pod.state?.uid, timeoutSeconds, report);
    const names = new Set(nodes.map(({ pod }) => pod.name));
    await waitPodsReady(ports, stack, { of: ({ name }) => names.has(name), timeoutSeconds }, report);
    const { pods } = await livePods(cluster, stack);
    const old = pods.filter((pod) => names.has(pod.name) && isPodBehind(pod)).map(({ service }) => service);
    if (old.length > 0)
      fail('kubernetes/still-behind', `${old.join(', ')} is back as it was before; was something applied meanwhile? Run it again`);
  };
  const dead = (await look()).filter(({ pod, container }) => left.has(container.service) && pod.state?.running !== true);
  if (dead.length > 0) await restart(rollingOrder(dead));
  while (left.size > 0) {
    // Asked anew each time: a restart can move the controller.
    const [next] = rollingOrder((await look()).filter(({ container }) => left.has(container.service)));
    if (next === undefined) return fail('kubernetes/no-such-node', `${[...left].join(', ')} is no node of ${stack.name}`);
    const { service, component } = next.container;
    if (!force) {
      if (component === 'kafka' && !environment.monitoring.enabled)
        fail(
          'kubernetes/blind',
          'monitoring is off, so nobody can tell whether all replicas are in sync; turn monitoring.enabled on, or give --force',
        );
      await waitClear(host, { code, timeoutSeconds }, report, async () => {
        const nodes = await look();
        const current = nodes.find(({ container }) => container.service === service) ?? next;
        return { doing: `restart ${service}`, obstacle: obstacle(current, nodes) };
      });
    }
    await restart([next]);
  }
  // The last one too has to catch up before this is called done.
  if (!force && environment.monitoring.enabled)
    await waitClear(host, { code, timeoutSeconds }, report, async () => unsettled(await look()));
}

/** A disruption budget may say no for a while: another pod is on its way, or somebody drains a machine. */
async function evict(
  { cluster, host }: KubernetesPorts,
  namespace: string,
  pod: string,
  uid: string | undefined,
  timeoutSeconds: number,
  report: Report,
): Promise<void> {
  if (uid === undefined) return;
  const start = host.clock();
  for (let told = false; !(await cluster.evict(namespace, pod, uid)); told = true) {
    if (!told) report(`waiting: a disruption budget does not allow ${pod} to be evicted now`);
    if (host.clock() - start > timeoutSeconds * 1000)
      fail(
        code,
        `a disruption budget does not allow ${pod} to be evicted; "kubectl get poddisruptionbudgets" says why; run it again when that is over`,
      );
    await host.pause(1000);
  }
}
