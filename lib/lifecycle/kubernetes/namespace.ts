import { isOfKind, kinds } from './kinds';
import type { KubernetesObject } from './kubernetes-cluster';

/** The annotation of a namespace that was not there before Kafkon made it. */
export const madeAnnotation = 'kafkon.dev/namespace-made';

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
