import type { KubernetesObject } from './kubernetes-cluster';

interface Keyed {
  readonly name?: string;
  readonly key?: string;
  readonly optional?: boolean;
  readonly items?: readonly { readonly key: string }[];
}

interface ContainerSpec {
  readonly image?: string;
  readonly env?: readonly { readonly valueFrom?: { readonly secretKeyRef?: Keyed } }[];
}

/** The part of a pod's specification that the life cycle reads. */
interface PodSpec {
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  readonly volumes?: readonly {
    readonly secret?: Keyed & { readonly secretName?: string };
    readonly projected?: { readonly sources?: readonly { readonly secret?: Keyed }[] };
  }[];
}

interface Templated {
  readonly spec?: {
    readonly template?: { readonly spec?: PodSpec };
    readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
    readonly keystores?: { readonly pkcs12?: { readonly passwordSecretRef?: Keyed } };
    readonly authentication?: { readonly password?: { readonly valueFrom?: { readonly secretKeyRef?: Keyed } } };
  };
}

/** The specification of the pods that an object makes; undefined where it makes none. */
function podSpecOf(object: KubernetesObject): PodSpec | undefined {
  const { spec } = object as Templated;
  const found = spec?.template?.spec ?? spec?.jobTemplate?.spec?.template?.spec;
  return found?.containers === undefined ? undefined : found;
}

/** The images of the pods of all objects, sorted. */
export function imagesOf(objects: readonly KubernetesObject[]): readonly string[] {
  const containers = objects.flatMap((object) => {
    const spec = podSpecOf(object);
    return spec === undefined ? [] : [...spec.containers, ...(spec.initContainers ?? [])];
  });
  return [...new Set(containers.flatMap(({ image }) => image ?? []))].sort();
}

/** The Secrets without which pods do not start, or certificates and Strimzi's users are not made: their names, and the keys of each. */
export function neededSecrets(objects: readonly KubernetesObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const needed = new Map<string, Set<string>>();
  const need = (source: Keyed | undefined, name = source?.name) => {
    if (source === undefined || name === undefined || source.optional === true) return;
    const keys = needed.get(name) ?? new Set();
    for (const key of [...(source.key === undefined ? [] : [source.key]), ...(source.items ?? []).map((item) => item.key)]) keys.add(key);
    needed.set(name, keys);
  };
  for (const object of objects) {
    const { keystores, authentication } = (object as Templated).spec ?? {};
    need(keystores?.pkcs12?.passwordSecretRef);
    need(authentication?.password?.valueFrom?.secretKeyRef);
    const spec = podSpecOf(object);
    if (spec === undefined) continue;
    for (const { env = [] } of [...spec.containers, ...(spec.initContainers ?? [])])
      for (const { valueFrom } of env) need(valueFrom?.secretKeyRef);
    for (const { secret, projected } of spec.volumes ?? []) {
      need(secret, secret?.secretName);
      for (const source of projected?.sources ?? []) need(source.secret);
    }
  }
  return needed;
}
