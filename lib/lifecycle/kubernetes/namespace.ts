import { LifecycleError } from '../failure';
import { isOfKind, kinds } from './kinds';
import type { KubernetesCluster, KubernetesObject } from './kubernetes-cluster';

/** The annotation of a namespace that was not there before Kafkon made it. */
const madeAnnotation = 'kafkon.dev/namespace-made';

/** Whether Kafkon made a namespace, so that it may remove it. */
export function isMadeHere({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  return annotations[madeAnnotation] === 'true';
}

/** The objects with the mark on their namespace, where that is not there yet or has been made by an earlier run. */
export function madeHere(objects: readonly KubernetesObject[], live: KubernetesObject | undefined): readonly KubernetesObject[] {
  if (live !== undefined && !isMadeHere(live)) return objects;
  return objects.map((object) =>
    isOfKind(object, kinds.namespace)
      ? { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [madeAnnotation]: 'true' } } }
      : object,
  );
}

/**
 * A namespace as it is; undefined where there is none. Who has leave inside of one alone may not look at it: then it is taken to be there,
 * and somebody else's.
 */
export async function findNamespace(cluster: KubernetesCluster, name: string): Promise<KubernetesObject | undefined> {
  const reference = { ...kinds.namespace, name };
  try {
    return await cluster.find(reference);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return { ...kinds.namespace, metadata: { name } };
  }
}

/** Whether a failure is that the caller has no leave, and nothing else. */
export function isForbidden(error: unknown): boolean {
  return error instanceof LifecycleError && error.problems.every(({ code }) => code === 'kubernetes/forbidden');
}
