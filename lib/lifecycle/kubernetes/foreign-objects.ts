import { kinds } from './kinds';
import { type KubernetesCluster, type KubernetesObject, kindKey, type ObjectKind } from './kubernetes-cluster';
import { isOwn, type KubernetesStack } from './kubernetes-stack';
import { neededSecrets } from './pod-template';

/** What cannot be listed, or is only a shadow of something else, whatever version it has. */
const shadows = new Set(['Binding', 'LocalSubjectAccessReview', 'Event', 'Endpoints', 'EndpointSlice', 'Lease', 'PodMetrics']);
/** What Kubernetes puts into each namespace by itself. */
const everywhere = new Set(['ConfigMap/kube-root-ca.crt', 'ServiceAccount/default']);

/**
 * What somebody else has in the namespace of an environment, of whatever kind the server knows: with the namespace it would go for good.
 * Secrets that the environment reads count as its own, whoever made them; their values are not read.
 * @throws LifecycleError when some of it may not be looked at
 */
export async function foreignObjects(cluster: KubernetesCluster, stack: KubernetesStack): Promise<readonly KubernetesObject[]> {
  const secrets = neededSecrets(stack.objects);
  const objects = await cluster.list(stack.namespace, listable(await cluster.kinds()));
  const named = [...(await cluster.secretKeys(stack.namespace)).keys()].filter((name) => !secrets.has(name));
  return [
    ...objects.filter((object) => isForeign(stack, object)),
    ...named.map((name): KubernetesObject => ({ ...kinds.secret, metadata: { name, namespace: stack.namespace } })),
  ];
}

function listable(known: ReadonlyMap<string, boolean>): readonly ObjectKind[] {
  return [...known].flatMap(([key, inNamespace]): ObjectKind[] => {
    const end = key.lastIndexOf('/');
    const kind = { apiVersion: key.slice(0, end), kind: key.slice(end + 1) };
    return !inNamespace || shadows.has(kind.kind) || key === kindKey(kinds.secret) ? [] : [kind];
  });
}

function isForeign(stack: KubernetesStack, object: KubernetesObject): boolean {
  const { name, deletionTimestamp, labels = {} } = object.metadata;
  const { ownerReferences = [] } = object.metadata as { readonly ownerReferences?: readonly unknown[] };
  return (
    deletionTimestamp === undefined &&
    // It goes with its owner, who is looked at himself.
    ownerReferences.length === 0 &&
    !isOwn(stack, object) &&
    labels['app.kubernetes.io/instance'] !== stack.name &&
    !everywhere.has(`${object.kind}/${name}`)
  );
}
