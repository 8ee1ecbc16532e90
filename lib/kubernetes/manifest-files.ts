import { manifestYaml } from './manifest-yaml';

/** A Kubernetes object as far as its file's name needs it. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

/**
 * The place of each kind in the order of application. Numbers stand for kinds, not for a count, so that an added object renames no
 * other file. A kind that is not here comes after what everything needs, and before the workloads.
 */
const places: Readonly<Record<string, number>> = {
  Namespace: 100,
  ResourceQuota: 150,
  LimitRange: 150,
  ValidatingAdmissionPolicy: 160,
  ValidatingAdmissionPolicyBinding: 161,
  ServiceAccount: 200,
  ConfigMap: 300,
  Issuer: 400,
  ClusterIssuer: 400,
  Certificate: 410,
  Service: 500,
  Kafka: 620,
  KafkaNodePool: 615,
  KafkaTopic: 640,
  KafkaUser: 630,
  KafkaConnect: 710,
  KafkaMirrorMaker2: 720,
  KafkaRebalance: 612,
  NetworkPolicy: 550,
  StatefulSet: 610,
  Deployment: 700,
  PodDisruptionBudget: 800,
  PodMonitor: 900,
  ServiceMonitor: 900,
  PrometheusRule: 910,
  Job: 1000,
  CronJob: 1010,
};
const otherKinds = 600;
/** Kafka's nodes look for ZooKeeper when they start. */
const zookeeperFirst = 605;
const dashboards = 920;

function placeOf({ kind, metadata: { labels = {} } }: ManifestObject): number {
  if (kind === 'StatefulSet' && labels['app.kubernetes.io/component'] === 'zookeeper') return zookeeperFirst;
  if (kind === 'ConfigMap' && labels.grafana_dashboard !== undefined) return dashboards;
  return places[kind] ?? otherKinds;
}

/** `0610-statefulset-kafka.yaml` */
export function manifestFileName(object: ManifestObject): string {
  return `${String(placeOf(object)).padStart(4, '0')}-${object.kind.toLowerCase()}-${object.metadata.name}.yaml`;
}

/**
 * The files of a set of objects: name to text, in the order of application, with a `kustomization.yaml` that lists them in it.
 * Fails when two objects would share a file, which means that they are the same object twice.
 */
export function manifestFiles(objects: readonly ManifestObject[]): ReadonlyMap<string, string> {
  const files = objects
    .map((object) => [manifestFileName(object), manifestYaml(object)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const names = files.map(([name]) => name);
  const twice = names.find((name, index) => name === names[index + 1]);
  if (twice !== undefined) throw new Error(`two objects are called ${twice}; every object of a kind needs a name of its own`);
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    sortOptions: { order: 'fifo' },
    resources: names,
  };
  return new Map([...files, ['kustomization.yaml', manifestYaml(kustomization)]]);
}
