import { readStartedKafka, type StartedKafka } from '../../model';
import { kinds } from './kinds';
import { type KubernetesObject, type ObjectReference, referenceOf } from './kubernetes-cluster';

/** A StatefulSet or Deployment, as declared or as it is. */
export interface Workload {
  readonly reference: ObjectReference;
  readonly name: string;
  /** `kafka`, `zookeeper`, `schema-registry`, … */
  readonly component: string;
  /** What a node of Kafka is: `broker`, `controller`, or both. */
  readonly roles: readonly string[];
  /** Its pods are nodes of Kafka or ZooKeeper, whose ids are the pods' ordinals and which nothing but a roll restarts. */
  readonly nodes: boolean;
  readonly replicas: number;
  /** How many pods it had when it was stopped; absent where it has not been. */
  readonly stoppedReplicas?: number;
  /** The ordinal of the first pod. */
  readonly start: number;
  readonly selector: Readonly<Record<string, string>>;
  /** What its pods start from; absent where nothing says so. */
  readonly contentHash?: string;
  /** Nodes of Kafka alone: which Kafka a pod made now would start. */
  readonly started?: StartedKafka;
  /** How long a pod may take to stop before it is killed, in seconds. */
  readonly stopSeconds: number;
  /** Live ones alone: the revision that a pod made now would bear. */
  readonly revision?: string;
}

/** The label with the name of the environment on every object of Kafkon. */
export const environmentLabel = 'kafkon.dev/environment';
/** The annotation of pods that tells what they were made from. */
export const podHashAnnotation = 'kafkon.dev/content-hash';
/** The annotation of a workload that was stopped, with the number of pods that it had. */
export const stoppedAnnotation = 'kafkon.dev/stopped-replicas';

interface WorkloadObject {
  readonly spec: {
    readonly replicas?: number;
    readonly ordinals?: { readonly start?: number };
    readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly template: {
      readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
      readonly spec?: { readonly terminationGracePeriodSeconds?: number };
    };
  };
  readonly status?: { readonly updateRevision?: string };
}

/** The workload that an object is; undefined for any other object. */
export function workloadOf(object: KubernetesObject): Workload | undefined {
  const stateful = object.kind === kinds.statefulSet.kind;
  if (!stateful && object.kind !== kinds.deployment.kind) return undefined;
  const { labels = {}, annotations = {}, name } = object.metadata;
  const { spec, status } = object as unknown as WorkloadObject;
  const component = labels['app.kubernetes.io/component'] ?? name;
  const stopped = annotations[stoppedAnnotation];
  const hash = spec.template.metadata?.annotations?.[podHashAnnotation];
  const started = readStartedKafka(spec.template.metadata?.annotations ?? {});
  const revision = status?.updateRevision;
  return {
    reference: referenceOf(object),
    name,
    component,
    roles: ['broker', 'controller'].filter((role) => labels[`kafkon.dev/${role}`] === 'true'),
    nodes: stateful && (component === 'kafka' || component === 'zookeeper'),
    replicas: spec.replicas ?? 1,
    ...(stopped === undefined ? {} : { stoppedReplicas: Number(stopped) }),
    start: spec.ordinals?.start ?? 0,
    selector: spec.selector.matchLabels ?? {},
    ...(hash === undefined ? {} : { contentHash: hash }),
    ...(started === undefined ? {} : { started }),
    stopSeconds: spec.template.spec?.terminationGracePeriodSeconds ?? 30,
    ...(revision === undefined ? {} : { revision }),
  };
}

/** The ordinals that the pods of a workload have when it is not stopped, which for nodes are their ids. */
export function ordinalsOf({ start, replicas, stoppedReplicas = 0 }: Workload): readonly number[] {
  return Array.from({ length: Math.max(replicas, stoppedReplicas) }, (_, index) => start + index);
}

/** What a pod is called in commands: `kafka-1`, `schema-registry`; one of several that are alike has its number. */
export function serviceOf({ component, nodes, replicas }: Workload, ordinal: number | undefined): string {
  return ordinal === undefined || (!nodes && replicas <= 1) ? component : `${component}-${ordinal}`;
}

/** Whether a live pod or claim is one of a StatefulSet's, and which; undefined when it is none. */
export function ordinalIn({ name }: Workload, pod: string): number | undefined {
  const number = pod.startsWith(`${name}-`) ? pod.slice(name.length + 1) : '';
  return /^\d+$/.test(number) ? Number(number) : undefined;
}

/** Whether an object bears all of the labels. */
export function bears({ metadata: { labels = {} } }: KubernetesObject, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
