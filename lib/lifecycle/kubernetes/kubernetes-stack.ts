import { isOfKind, kinds } from './kinds';
import type { KubernetesObject } from './kubernetes-cluster';
import { environmentLabel, type Workload, workloadOf } from './workload';

/** What the life cycle reads from the manifests of an environment. */
export interface KubernetesStack {
  /** The environment's name, which is the value of `environmentLabel` on everything. */
  readonly name: string;
  readonly namespace: string;
  /** In the order of application. */
  readonly objects: readonly KubernetesObject[];
  readonly workloads: readonly Workload[];
}

/** Reads manifests in their order of application. They were made by Kafkon, so nothing is checked. */
export function readKubernetesStack(name: string, namespace: string, objects: readonly KubernetesObject[]): KubernetesStack {
  return { name, namespace, objects, workloads: objects.flatMap((object) => workloadOf(object) ?? []) };
}

/** A stack without its Jobs, which make topics, users and grants. */
export function withoutJobs(stack: KubernetesStack): KubernetesStack {
  return { ...stack, objects: stack.objects.filter((object) => !isOfKind(object, kinds.job)) };
}

/** The labels of everything that belongs to an environment and may be changed or removed with it. */
export function ownLabels({ name }: Pick<KubernetesStack, 'name'>): Readonly<Record<string, string>> {
  return { [environmentLabel]: name, 'app.kubernetes.io/managed-by': 'kafkon' };
}

/** Whether a live object was made by Kafkon for this environment. */
export function isOwn(stack: Pick<KubernetesStack, 'name'>, { metadata: { labels = {} } }: KubernetesObject): boolean {
  return Object.entries(ownLabels(stack)).every(([key, value]) => labels[key] === value);
}
