import { isOfKind, kinds } from './kinds';
import type { KubernetesCluster, KubernetesObject } from './kubernetes-cluster';
import { type KubernetesStack, ownLabels } from './kubernetes-stack';
import { bears, ordinalIn, serviceOf, workloadOf } from './workload';

/** A pod whose log can be read. */
export interface PodWithLog {
  readonly name: string;
  /** What it is called in commands; a Job's is its component. */
  readonly service: string;
  readonly component: string;
  /** It runs to its end instead of serving. */
  readonly once: boolean;
}

/** The pods of an environment that have begun to run, by name; of a Job those that failed too. */
export async function podsWithLogs(
  cluster: KubernetesCluster,
  stack: Pick<KubernetesStack, 'name' | 'namespace'>,
): Promise<readonly PodWithLog[]> {
  const objects = await cluster.list(stack.namespace, [kinds.statefulSet, kinds.deployment, kinds.pod], ownLabels(stack));
  const workloads = objects.flatMap((object) => workloadOf(object) ?? []);
  return objects
    .filter((object) => isOfKind(object, kinds.pod) && phaseOf(object) !== 'Pending')
    .map((pod): PodWithLog => {
      const { name, labels = {} } = pod.metadata;
      const component = labels['app.kubernetes.io/component'] ?? name;
      const workload = workloads.find(({ selector }) => bears(pod, selector));
      const ordinal = workload?.reference.kind === kinds.statefulSet.kind ? ordinalIn(workload, name) : undefined;
      return { name, service: workload === undefined ? component : serviceOf(workload, ordinal), component, once: workload === undefined };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

function phaseOf({ status }: KubernetesObject): string | undefined {
  return (status as { phase?: string } | undefined)?.phase;
}
