import type { Execution, LogOptions } from '../engine';

/** A kind of object, as manifests name it. */
export interface ObjectKind {
  /** `apps/v1`, or `v1` for what is in no group. */
  readonly apiVersion: string;
  readonly kind: string;
}

/** One object. */
export interface ObjectReference extends ObjectKind {
  readonly name: string;
  /** Absent for what is in no namespace. */
  readonly namespace?: string;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly uid?: string;
  /** Another one after every change. */
  readonly resourceVersion?: string;
  /** RFC 3339 */
  readonly creationTimestamp?: string;
  /** Set where it is on its way out. */
  readonly deletionTimestamp?: string;
}

/** An object as data, declared or live. */
export interface KubernetesObject extends ObjectKind {
  readonly metadata: ObjectMetadata;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** Whom the life cycle talks to. */
export interface ClusterVersion {
  /** `v1.33.2` */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** How objects are applied. */
export interface ApplyOptions {
  /** Take fields over that somebody else has set to something else. */
  readonly takeOver: boolean;
  /** Have the server check all of it, and change nothing. */
  readonly dryRun: boolean;
}

/** How many pods a StatefulSet or Deployment shall have from now on. */
export interface Scale {
  readonly replicas: number;
  /** Annotations to set in the same change; null takes one away. */
  readonly annotations: Readonly<Record<string, string | null>>;
}

/** How objects are removed. */
export interface RemoveOptions {
  /** How long the programs of pods may take to stop before they are killed, in seconds. @default - as each pod says */
  readonly graceSeconds?: number;
  /** What the objects have made stays, and belongs to nobody. @default false */
  readonly orphan?: boolean;
}

/**
 * A Kubernetes API server, as the life cycle needs one. Everything fails with a `LifecycleError` when no server answers, or when it
 * refuses, which then says what and why. Values of Secrets are never read.
 */
export interface KubernetesCluster {
  version(): Promise<ClusterVersion>;
  /** The kinds that the server knows, as `apiVersion/kind`, and whether objects of them are in a namespace. */
  kinds(): Promise<ReadonlyMap<string, boolean>>;
  /** Objects of several kinds, in one namespace or, without one, in all of them and in none. `labels` have all to be there. */
  list(
    namespace: string | undefined,
    kinds: readonly ObjectKind[],
    labels?: Readonly<Record<string, string>>,
  ): Promise<readonly KubernetesObject[]>;
  /** Undefined when there is none. */
  find(reference: ObjectReference): Promise<KubernetesObject | undefined>;
  /** The keys of every Secret of a namespace, by its name. */
  secretKeys(namespace: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Applies objects in their order, on the server's side, in the name of `kafkon`. A field that somebody else has set otherwise is a
   * failure that names both, unless it is taken over.
   */
  apply(objects: readonly KubernetesObject[], options: ApplyOptions): Promise<void>;
  /** Makes an object that is not there yet; false when it is. */
  create(object: KubernetesObject): Promise<boolean>;
  /** Adds keys to a Secret that is there; values in base64. The other keys stay as they are. */
  addSecretKeys(namespace: string, name: string, data: Readonly<Record<string, string>>): Promise<void>;
  /** Scales in the name of nobody, so that a later `apply` meets no owner of the number. */
  scale(reference: ObjectReference, scale: Scale): Promise<void>;
  /** Removes objects, and returns once that is under way; what is not there is no failure. */
  remove(references: readonly ObjectReference[], options?: RemoveOptions): Promise<void>;
  /** Evicts a pod, that one and no namesake; false where a disruption budget does not allow it now. */
  evict(namespace: string, pod: string, uid: string): Promise<boolean>;
  /** GETs a path from a port of a pod, by way of the API server; undefined where that brings no answer. */
  ask(namespace: string, pod: string, port: number, path: string): Promise<string | undefined>;
  /** Runs a command in a pod's main container and waits for it. */
  run(namespace: string, pod: string, command: readonly string[]): Promise<Execution>;
  /** Every line that a pod's main container prints, as it comes. */
  logs(namespace: string, pod: string, options: PodLogOptions, line: (text: string) => void): Promise<void>;
  /** Bytes that each pod uses, by its name; empty where nobody measures. */
  memory(namespace: string): Promise<ReadonlyMap<string, number>>;
}

export interface PodLogOptions extends LogOptions {
  /** Of the container before this one, which has ended. @default false */
  readonly previous?: boolean;
}

/** `apps/v1/StatefulSet`: how kinds are told apart. */
export function kindKey({ apiVersion, kind }: ObjectKind): string {
  return `${apiVersion}/${kind}`;
}

/** `StatefulSet kafka` */
export function titleOf({ kind, metadata: { name } }: KubernetesObject): string {
  return `${kind} ${name}`;
}

/** What it takes to find an object again. */
export function referenceOf({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): ObjectReference {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
