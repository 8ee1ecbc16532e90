/** A Kubernetes object, or a part of one, as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = { readonly [key: string]: Json };

/** What a small test cluster has in place of a real one. */
export interface TestCluster {
  readonly storageClass: string;
  /** Where an image is had. @default - from where the manifest says */
  readonly image?: (reference: string) => string;
}

/** What a pod takes of a machine that holds all pods at once. */
const sizes: Readonly<Record<string, { readonly heap: string; readonly memory: string; readonly cpu: string }>> = {
  kafka: { heap: '-Xms256m -Xmx256m', memory: '768Mi', cpu: '50m' },
  zookeeper: { heap: '-Xms96m -Xmx96m', memory: '320Mi', cpu: '30m' },
};
const smallest = { heap: '-Xms128m -Xmx128m', memory: '320Mi', cpu: '20m' };
const volumeSize = '1Gi';

const fields = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** An object with one field changed, where it has that field. */
function change(object: Fields, field: string, by: (value: Json) => Json): Fields {
  const value = object[field];
  return value === undefined ? object : { ...object, [field]: by(value) };
}

function without(object: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/**
 * The manifests of an environment for a small test cluster of one machine. Changed are sizes, the storage class, where images come
 * from, what asks for labels of machines, required anti-affinity, which becomes preferred, and load balancers, which become ports of
 * the machine. Nothing else: what a test then sees of a cluster is true of the environment.
 */
export function overlay(manifest: Json, cluster: TestCluster): Json {
  const object = fields(manifest);
  const spec = (by: (spec: Fields) => Fields) => change(object, 'spec', (value) => by(fields(value)));
  switch (object.kind) {
    case 'StatefulSet':
      return spec((value) =>
        change(withPod(value, cluster), 'volumeClaimTemplates', (claims) => list(claims).map((each) => claim(each, cluster))),
      );
    case 'Deployment':
    case 'Job':
      return spec((value) => withPod(value, cluster));
    case 'CronJob':
      return spec((value) =>
        change(value, 'jobTemplate', (job) => change(fields(job), 'spec', (inner) => withPod(fields(inner), cluster))),
      );
    case 'PersistentVolumeClaim':
      return claim(object, cluster);
    case 'Service':
      return spec(service);
    default:
      return object;
  }
}

function withPod(spec: Fields, cluster: TestCluster): Fields {
  return change(spec, 'template', (template) => change(fields(template), 'spec', (value) => pod(fields(value), cluster)));
}

function pod(spec: Fields, cluster: TestCluster): Fields {
  const containers = (value: Json) => list(value).map((each) => container(fields(each), cluster));
  const scheduled = change(without(spec, 'nodeSelector'), 'affinity', (value) =>
    change(without(fields(value), 'nodeAffinity'), 'podAntiAffinity', (apart) => preferred(fields(apart))),
  );
  const spread = change(scheduled, 'topologySpreadConstraints', (value) =>
    list(value).map((each) => ({ ...fields(each), whenUnsatisfiable: 'ScheduleAnyway' })),
  );
  return change(change(spread, 'initContainers', containers), 'containers', containers);
}

function preferred(antiAffinity: Fields): Fields {
  const { requiredDuringSchedulingIgnoredDuringExecution: required, ...rest } = antiAffinity;
  if (required === undefined) return antiAffinity;
  return {
    ...rest,
    preferredDuringSchedulingIgnoredDuringExecution: list(required).map((podAffinityTerm) => ({ weight: 100, podAffinityTerm })),
  };
}

function container(value: Fields, cluster: TestCluster): Fields {
  const size = sizes[String(value.name)] ?? smallest;
  const resources = fields(value.resources);
  const variables = (env: Json) =>
    list(env).map((each) => {
      const variable = fields(each);
      return variable.name === 'KAFKA_HEAP_OPTS' ? change(variable, 'value', () => size.heap) : variable;
    });
  const small = {
    ...value,
    resources: {
      limits: { ...without(fields(resources.limits), 'cpu'), memory: size.memory },
      requests: { ...fields(resources.requests), cpu: size.cpu, memory: size.memory, 'ephemeral-storage': '64Mi' },
    },
    image: (cluster.image ?? ((reference) => reference))(String(value.image)),
    // No registry is asked.
    imagePullPolicy: 'IfNotPresent',
  };
  return change(small, 'env', variables);
}

function claim(value: Json, { storageClass }: TestCluster): Fields {
  return change(fields(value), 'spec', (spec) => ({
    ...fields(spec),
    storageClassName: storageClass,
    resources: { requests: { storage: volumeSize } },
  }));
}

/** Which port of the machine it is, the cluster says: two environments can't take the same. */
function service(spec: Fields): Fields {
  return spec.type === 'LoadBalancer' ? { ...without(spec, 'loadBalancerSourceRanges'), type: 'NodePort' } : spec;
}
