import { isOfKind, kinds } from './kinds';
import { type ClusterVersion, type KubernetesCluster, type KubernetesObject, kindKey, type ObjectKind } from './kubernetes-cluster';
import type { KubernetesStack } from './kubernetes-stack';
import { findNamespace, isForbidden } from './namespace';

/** What was found out about a cluster before anything is made. */
export interface KubernetesSurvey {
  readonly version: ClusterVersion;
  /** The kinds that it knows, as `apiVersion/kind`. */
  readonly kinds: ReadonlySet<string>;
  /** The environment's namespace; undefined where there is none yet. */
  readonly namespace: KubernetesObject | undefined;
  /** Undefined where the caller may not look. */
  readonly storageClasses: readonly KubernetesObject[] | undefined;
  /** The keys of each Secret of the namespace. */
  readonly secrets: ReadonlyMap<string, readonly string[]>;
  /** Live objects of the kinds of the stack, whoever made them. */
  readonly live: readonly KubernetesObject[];
}

/** Looks at everything that the checks before `up` ask for; it changes nothing. */
export async function surveyKubernetes(cluster: KubernetesCluster, stack: KubernetesStack): Promise<KubernetesSurvey> {
  const version = await cluster.version();
  const known = await cluster.kinds();
  const storageClasses = await cluster.list(undefined, [kinds.storageClass]).catch(unlessForbidden);
  const namespace = await findNamespace(cluster, stack.namespace);
  const { inside, outside } = kindsOf(stack.objects, known);
  const [secrets, within, without] = await Promise.all([
    namespace === undefined ? new Map<string, readonly string[]>() : cluster.secretKeys(stack.namespace),
    namespace === undefined ? [] : cluster.list(stack.namespace, inside),
    cluster.list(undefined, outside),
  ]);
  const named = new Set(stack.objects.map(({ kind, metadata: { name } }) => `${kind}/${name}`));
  return {
    version,
    kinds: new Set(known.keys()),
    namespace,
    storageClasses,
    secrets,
    live: [...within, ...without.filter(({ kind, metadata: { name } }) => named.has(`${kind}/${name}`))],
  };
}

/** The kinds of objects that the server knows, those in a namespace and those in none; the namespace itself is apart. */
export function kindsOf(objects: readonly ObjectKind[], known: ReadonlyMap<string, boolean>) {
  const all = [...new Map(objects.map(({ apiVersion, kind }) => [kindKey({ apiVersion, kind }), { apiVersion, kind }])).entries()];
  const where = (inside: boolean) =>
    all.flatMap(([key, kind]) => (known.get(key) === inside && !isOfKind(kind, kinds.namespace) ? [kind] : []));
  return { inside: where(true), outside: where(false) };
}

/** Storage classes are for everybody to see, and not everybody may look. */
function unlessForbidden(error: unknown): undefined {
  if (isForbidden(error)) return undefined;
  throw error;
}
