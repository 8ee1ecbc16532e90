import { isOfKind, kinds } from './kinds';
import type { KubernetesCluster } from './kubernetes-cluster';
import { podStateOf } from './pod-state';
import { bears, environmentLabel, ordinalsOf, workloadOf } from './workload';

/** An environment that is on a Kubernetes cluster, whoever brought it up. */
export interface FoundEnvironment {
  readonly name: string;
  readonly namespace: string;
  /** Pods that there should be, stopped ones too. */
  readonly pods: number;
  readonly ready: number;
}

/** Every environment of Kafkon on a cluster, in every namespace that the caller may look into. */
export async function environmentsOn(cluster: KubernetesCluster): Promise<readonly FoundEnvironment[]> {
  const objects = await cluster.list(undefined, [kinds.statefulSet, kinds.deployment, kinds.pod], {
    'app.kubernetes.io/managed-by': 'kafkon',
  });
  const found = new Map<string, FoundEnvironment>();
  for (const object of objects) {
    const workload = workloadOf(object);
    const { namespace = '', labels = {} } = object.metadata;
    const name = labels[environmentLabel];
    if (workload === undefined || name === undefined) continue;
    const own = objects.filter(
      (each) => isOfKind(each, kinds.pod) && each.metadata.namespace === namespace && bears(each, workload.selector),
    );
    const key = `${namespace}/${name}`;
    const before = found.get(key) ?? { name, namespace, pods: 0, ready: 0 };
    found.set(key, {
      ...before,
      pods: before.pods + ordinalsOf(workload).length,
      ready: before.ready + own.filter((pod) => podStateOf(pod).ready).length,
    });
  }
  return [...found.values()];
}
