import { createHash } from 'node:crypto';
import {
  type Execution,
  type KubernetesCluster,
  type KubernetesObject,
  type KubernetesPorts,
  LifecycleError,
  machineProblem,
  type ObjectReference,
} from '../../../lib/lifecycle';
import { applyLeaves, dotted, fromLeaves, leavesOf, type Owners, pathOf } from './field-owners';

/** A Kubernetes cluster in memory, with controllers that make pods which are ready at once. */
export interface MemoryKubernetes extends KubernetesPorts {
  /** What changed it, in order: `apply 19`, `scale kafka 2`, `evict kafka-1`, `remove Service kafka`. */
  readonly done: string[];
  readonly kinds: Map<string, boolean>;
  /** What a port of a pod answers, by the pod's name. */
  readonly answers: Map<string, string>;
  /** What pods have printed, by the pod's name. @default - a greeting */
  readonly logs: Map<string, readonly string[]>;
  /** A status that pods have instead of being ready, by the name; they keep it until it is taken out. */
  readonly statuses: Map<string, unknown>;
  /** Pods that stay when their workload wants them no more, until they are removed themselves. */
  readonly lingering: Set<string>;
  /** Pods that a disruption budget keeps. */
  readonly kept: Set<string>;
  /** What comes of a command in a pod. @default - each fails without a word */
  run: (pod: string, command: readonly string[]) => Execution;
  minor: number;
  put(object: KubernetesObject): void;
  get(kind: string, name: string): KubernetesObject | undefined;
  all(kind: string): readonly KubernetesObject[];
  /** Applies in the name of somebody else. */
  applyAs(manager: string, object: KubernetesObject): void;
}

interface Stored {
  object: KubernetesObject;
  readonly owners: Owners;
}

const group = (apiVersion: string, ...kinds: string[]) => kinds.map((kind) => `${apiVersion}/${kind}`);
const inside = [
  ...group('v1', 'ConfigMap', 'Event', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'),
  ...group('apps/v1', 'StatefulSet', 'Deployment'),
  ...group('batch/v1', 'Job', 'CronJob'),
  ...group('networking.k8s.io/v1', 'NetworkPolicy'),
  ...group('policy/v1', 'PodDisruptionBudget'),
  ...group('rbac.authorization.k8s.io/v1', 'Role', 'RoleBinding'),
  ...group('monitoring.coreos.com/v1', 'PodMonitor', 'PrometheusRule'),
  ...group('cert-manager.io/v1', 'Issuer', 'Certificate'),
];
const outside = [
  ...group('v1', 'Namespace'),
  ...group('storage.k8s.io/v1', 'StorageClass'),
  ...group('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
];

const keyOf = (kind: string, name: string, namespace = '') => [kind, namespace, name].join(' ');
const keyOfObject = ({ kind, metadata: { name, namespace } }: KubernetesObject) => keyOf(kind, name, namespace);

/** Such a cluster, empty but for a default StorageClass. */
export function memoryKubernetes(): MemoryKubernetes {
  const store = new Map<string, Stored>();
  let [version, uid, now] = [0, 0, 0];
  const keep = (object: KubernetesObject, owners: Owners): void => {
    const known = store.get(keyOfObject(object));
    const { resourceVersion: _, ...metadata } = object.metadata;
    const next = { ...object, metadata: { ...metadata, uid: known?.object.metadata.uid ?? object.metadata.uid ?? `uid-${++uid}` } };
    const { resourceVersion, ...was } = known?.object.metadata ?? { name: '' };
    const same = known !== undefined && JSON.stringify({ ...known.object, metadata: was }) === JSON.stringify(next);
    const counted = same && resourceVersion !== undefined ? resourceVersion : String(++version);
    store.set(keyOfObject(object), { object: { ...next, metadata: { ...next.metadata, resourceVersion: counted } }, owners });
  };
  const drop = (key: string): void => void store.delete(key);
  const apply = (object: KubernetesObject, manager: string, takeOver: boolean, dryRun: boolean) => {
    const { namespace } = object.metadata;
    if (namespace !== undefined && !store.has(keyOf('Namespace', namespace)))
      return [machineProblem('kubernetes/refused', `${object.kind} ${object.metadata.name}: namespaces "${namespace}" not found`)];
    const known = store.get(keyOfObject(object));
    const owners: Owners = new Map([...(known?.owners ?? [])].map(([path, who]) => [path, new Set(who)]));
    const { after, conflicts } = applyLeaves(
      known === undefined ? new Map() : leavesOf(known.object),
      owners,
      leavesOf(object),
      manager,
      takeOver,
    );
    if (conflicts.length > 0)
      return conflicts.map(({ owner, path }) =>
        machineProblem(
          'kubernetes/field-owned',
          `${object.kind} ${object.metadata.name}: "${owner}" has set ${dotted(path)} to something else`,
        ),
      );
    if (!dryRun) keep(fromLeaves(after) as unknown as KubernetesObject, owners);
    return [];
  };
  const orphans = new Set<string>();
  const reconcile = () => reconcileAll(store, keep, drop, twin.statuses, new Set([...orphans, ...lingeringPods(store, twin.lingering)]));
  const matching = (labels: Readonly<Record<string, string>>) => (object: KubernetesObject) =>
    Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value);
  const cluster: KubernetesCluster = {
    version: async () => ({ text: `v1.${twin.minor}.0`, major: 1, minor: twin.minor }),
    kinds: async () => twin.kinds,
    async list(namespace, kinds, labels = {}) {
      reconcile();
      const wanted = new Set(kinds.map(({ kind }) => kind));
      const objects = [...store.values()].map(({ object }) => object).filter(({ kind }) => wanted.has(kind));
      return objects
        .filter((object) => namespace === undefined || object.metadata.namespace === namespace)
        .filter(matching(labels))
        .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    },
    async find({ kind, name, namespace }) {
      reconcile();
      return store.get(keyOf(kind, name, namespace))?.object;
    },
    async secretKeys(namespace) {
      const secrets = (await cluster.list(namespace, [{ apiVersion: 'v1', kind: 'Secret' }])) as (KubernetesObject & { data?: object })[];
      return new Map(secrets.map(({ metadata, data = {} }) => [metadata.name, Object.keys(data)]));
    },
    async apply(objects, { takeOver, dryRun }) {
      const problems = objects.flatMap((object) => apply(object, 'kafkon', takeOver, dryRun));
      reconcile();
      if (!dryRun) twin.done.push(`apply ${objects.length}`);
      if (problems.length > 0) throw new LifecycleError(problems);
    },
    async create(object) {
      if (store.has(keyOfObject(object))) return false;
      const alone = object.kind === 'Pod';
      if (alone) orphans.add(keyOfObject(object));
      const made = alone ? { ...object, status: twin.statuses.get(object.metadata.name) ?? readyStatus } : object;
      keep(made, new Map([...leavesOf(object).keys()].map((path) => [path, new Set(['kafkon'])])));
      reconcile();
      return true;
    },
    async addSecretKeys(namespace, name, data) {
      const known = store.get(keyOf('Secret', name, namespace));
      if (known === undefined) throw missing({ apiVersion: 'v1', kind: 'Secret', name });
      const secret = known.object as KubernetesObject & { readonly data?: object };
      keep({ ...secret, data: { ...secret.data, ...data } } as KubernetesObject, known.owners);
    },
    async scale(reference, { replicas, annotations }) {
      const known = store.get(keyOf(reference.kind, reference.name, reference.namespace));
      if (known === undefined) throw missing(reference);
      const { metadata, spec } = known.object;
      const set = { ...metadata.annotations, ...annotations };
      const left = Object.fromEntries(Object.entries(set).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
      known.owners.delete(pathOf('spec', 'replicas'));
      for (const key of Object.keys(annotations)) known.owners.delete(pathOf('metadata', 'annotations', key));
      keep({ ...known.object, metadata: { ...metadata, annotations: left }, spec: { ...(spec as object), replicas } }, known.owners);
      reconcile();
      twin.done.push(`scale ${reference.name} ${replicas}`);
    },
    async remove(references, { graceSeconds, orphan = false } = {}) {
      const how = `${graceSeconds === undefined ? '' : ` in ${graceSeconds} s`}${orphan ? ', not its pods' : ''}`;
      for (const { kind, name, namespace } of references) {
        if (orphan) for (const pod of podsOf(store, name, namespace)) orphans.add(pod);
        if (store.delete(keyOf(kind, name, namespace))) twin.done.push(`remove ${kind} ${name}${how}`);
        if (kind === 'Namespace') for (const [key, { object }] of store) if (object.metadata.namespace === name) drop(key);
      }
      reconcile();
    },
    async evict(namespace, pod, wanted) {
      const found = store.get(keyOf('Pod', pod, namespace))?.object.metadata.uid;
      if (found === undefined || found !== wanted) return true;
      if (twin.kept.has(pod)) return false;
      drop(keyOf('Pod', pod, namespace));
      twin.done.push(`evict ${pod}`);
      reconcile();
      return true;
    },
    ask: async (_, pod) => twin.answers.get(pod),
    run: async (_, pod, command) => twin.run(pod, command),
    logs: async (_, pod, __, line) => {
      for (const each of twin.logs.get(pod) ?? [`${pod} says hello`]) line(each);
    },
    memory: async () => new Map(),
  };
  const twin: MemoryKubernetes = {
    cluster,
    host: {
      clock: () => now,
      pause: async (milliseconds) => {
        now += milliseconds;
      },
    },
    done: [],
    kinds: new Map([...inside.map((kind) => [kind, true] as const), ...outside.map((kind) => [kind, false] as const)]),
    answers: new Map(),
    logs: new Map(),
    statuses: new Map(),
    lingering: new Set(),
    kept: new Set(),
    run: () => ({ code: 1, output: '' }),
    minor: 33,
    put: (object) => keep(object, new Map()),
    get: (kind, name) => twin.all(kind).find(({ metadata }) => metadata.name === name),
    all: (kind) => [...store.values()].map(({ object }) => object).filter((object) => object.kind === kind),
    applyAs: (manager, object) => void apply(object, manager, true, false),
  };
  twin.put({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  });
  return twin;
}

function missing({ kind, name }: ObjectReference): LifecycleError {
  return new LifecycleError([machineProblem('kubernetes/refused', `${kind} ${name} not found`)]);
}

/** The keys of pods that stay for the moment. */
function lingeringPods(store: ReadonlyMap<string, Stored>, names: ReadonlySet<string>): readonly string[] {
  return [...store].flatMap(([key, { object }]) => (object.kind === 'Pod' && names.has(object.metadata.name) ? [key] : []));
}

/** The keys of the pods of a StatefulSet. */
function podsOf(store: ReadonlyMap<string, Stored>, name: string, namespace: string | undefined): readonly string[] {
  const start = keyOf('Pod', `${name}-`, namespace);
  return [...store.keys()].filter((key) => key.startsWith(start) && /^\d+$/.test(key.slice(start.length)));
}

interface Template {
  readonly spec?: object;
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly ordinals?: { readonly start?: number };
  readonly template: Template;
  readonly volumeClaimTemplates?: readonly KubernetesObject[];
}

const running = { running: { startedAt: '2026-11-21T11:00:00Z' } };
const readyStatus = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
  containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: running }],
};

/** What Kubernetes' own controllers do: pods for StatefulSets and Deployments, claims that outlive them, Jobs that are done. */
function reconcileAll(
  store: Map<string, Stored>,
  keep: (object: KubernetesObject, owners: Owners) => void,
  drop: (key: string) => void,
  statuses: ReadonlyMap<string, unknown>,
  orphans: ReadonlySet<string>,
): void {
  const wanted = new Set(orphans);
  for (const { object, owners } of [...store.values()]) {
    const { name, namespace = '' } = object.metadata;
    if (object.kind === 'Job') keep({ ...object, status: { succeeded: 1 } }, owners);
    if (object.kind !== 'StatefulSet' && object.kind !== 'Deployment') continue;
    const spec = object.spec as WorkloadSpec;
    const replicas = spec.replicas ?? 1;
    const revision = createHash('sha256').update(JSON.stringify(spec.template)).digest('hex').slice(0, 10);
    keep({ ...object, status: { updateRevision: revision, updatedReplicas: replicas, availableReplicas: replicas, replicas } }, owners);
    for (const ordinal of Array.from({ length: replicas }, (_, index) => (spec.ordinals?.start ?? 0) + index)) {
      const pod = `${name}-${ordinal}`;
      wanted.add(keyOf('Pod', pod, namespace));
      const { labels = {}, annotations = {} } = spec.template.metadata ?? {};
      const known = store.get(keyOf('Pod', pod, namespace))?.object;
      const status = statuses.get(pod) ?? readyStatus;
      const metadata = { name: pod, namespace, annotations, labels: { ...labels, 'controller-revision-hash': revision } };
      const made = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec.template.spec, nodeName: 'machine' } };
      keep({ ...(known ?? made), status }, new Map());
      for (const claim of spec.volumeClaimTemplates ?? [])
        if (!store.has(keyOf('PersistentVolumeClaim', `${claim.metadata.name}-${pod}`, namespace)))
          keep(
            {
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              metadata: { ...claim.metadata, name: `${claim.metadata.name}-${pod}`, namespace },
            },
            new Map(),
          );
    }
  }
  for (const [key, { object }] of [...store]) if (object.kind === 'Pod' && !wanted.has(key)) drop(key);
}
