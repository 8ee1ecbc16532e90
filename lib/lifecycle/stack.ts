import { resolve } from 'node:path';

/** A container of an environment, as its Terraform declares it. */
export interface StackContainer {
  /** `docker_container.kafka-1` */
  readonly address: string;
  /** The container's name on the Docker host. */
  readonly name: string;
  /** What it is called in commands: `kafka-1`, `schema-registry`. */
  readonly service: string;
  /** `kafka`, `zookeeper`, `schema-registry`, …; `prepare` for what runs once. */
  readonly component: string;
  readonly roles: readonly string[];
  /** The id of a Kafka or ZooKeeper node. */
  readonly node?: number;
  readonly image: string;
  /** What it starts from; absent where nothing says so. */
  readonly contentHash?: string;
  readonly ports: readonly { readonly internal: number; readonly external: number }[];
  /** bytes */
  readonly memory: number;
  /** How long a stop may take before the container is killed, in seconds. */
  readonly stopSeconds: number;
  readonly checked: boolean;
  /** Runs to its end instead of serving. */
  readonly once: boolean;
  /** Files of secrets on the host that it mounts, absolute. */
  readonly secretFiles: readonly string[];
}

/** A volume of an environment. */
export interface StackVolume {
  readonly address: string;
  readonly name: string;
  /** Holds data that nothing else has. */
  readonly kept: boolean;
}

/** What the life cycle reads from `cdk.tf.json`. */
export interface Stack {
  readonly directory: string;
  /** The value of `clusterLabel` on everything. */
  readonly cluster: string;
  readonly containers: readonly StackContainer[];
  readonly volumes: readonly StackVolume[];
  readonly networks: readonly { readonly address: string; readonly name: string }[];
  /** References, sorted. */
  readonly images: readonly string[];
}

/** The label with the name of the environment on containers, networks and volumes. */
export const clusterLabel = 'kafkon.dev/cluster';
/** The label that tells whether a running container is behind. */
export const contentHashLabel = 'kafkon.dev/content-hash';

type Resources<T> = Readonly<Record<string, T>>;

interface Document {
  readonly variable?: Resources<{ readonly default?: string }>;
  readonly resource?: {
    readonly docker_container?: Resources<ContainerResource>;
    readonly docker_volume?: Resources<{ readonly name: string; readonly lifecycle?: { readonly prevent_destroy?: boolean } }>;
    readonly docker_network?: Resources<{ readonly name: string }>;
    readonly docker_image?: Resources<{ readonly name: string }>;
  };
}

interface ContainerResource {
  readonly name: string;
  readonly image: string;
  readonly attach?: boolean;
  readonly memory?: number;
  readonly destroy_grace_seconds?: number;
  readonly healthcheck?: unknown;
  readonly labels?: readonly { readonly label: string; readonly value: string }[];
  readonly mounts?: readonly { readonly type: string; readonly source: string; readonly read_only?: boolean }[];
  readonly ports?: readonly { readonly internal: number; readonly external: number }[];
}

const MiB = 2 ** 20;

/** Reads the Terraform of an environment that lies in `directory` (absolute). It was written by Kafkon, so nothing is checked. */
export function readStack(text: string, directory: string): Stack {
  const document = JSON.parse(text) as Document;
  const { docker_container = {}, docker_volume = {}, docker_network = {}, docker_image = {} } = document.resource ?? {};
  const imageName = (expression: string) =>
    plain(docker_image[/^\$\{docker_image\.([^.]+)\.image_id\}$/.exec(expression)?.[1] ?? '']?.name ?? expression);
  const containers = Object.entries(docker_container).map(([id, container]): StackContainer => {
    const labels = Object.fromEntries((container.labels ?? []).map(({ label, value }) => [label, plain(value)]));
    const node = labels['kafkon.dev/node'];
    const component = labels['kafkon.dev/component'] ?? id;
    const contentHash = labels[contentHashLabel];
    return {
      address: `docker_container.${id}`,
      name: container.name,
      service: node === undefined ? (component === 'prepare' ? id : component) : `${component}-${node}`,
      component,
      roles: (labels['kafkon.dev/role'] ?? '').split(','),
      ...(node === undefined ? {} : { node: Number(node) }),
      image: imageName(container.image),
      ...(contentHash === undefined ? {} : { contentHash }),
      ports: container.ports ?? [],
      memory: (container.memory ?? 0) * MiB,
      stopSeconds: container.destroy_grace_seconds ?? 10,
      checked: container.healthcheck !== undefined,
      once: container.attach === true,
      secretFiles: (container.mounts ?? []).flatMap(({ type, source, read_only }) =>
        type === 'bind' && read_only === true ? [hostPath(source, document, directory)] : [],
      ),
    };
  });
  return {
    directory,
    cluster: clusterOf(docker_container),
    containers: containers.sort((a, b) => (a.service < b.service ? -1 : 1)),
    volumes: Object.entries(docker_volume).map(([id, { name, lifecycle }]) => ({
      address: `docker_volume.${id}`,
      name,
      kept: lifecycle?.prevent_destroy === true,
    })),
    networks: Object.entries(docker_network).map(([id, { name }]) => ({ address: `docker_network.${id}`, name })),
    images: [...new Set(Object.values(docker_image).map(({ name }) => plain(name)))].sort(),
  };
}

/** What serves, without what runs once. */
export function servicesOf({ containers }: Pick<Stack, 'containers'>): readonly StackContainer[] {
  return containers.filter(({ once }) => !once);
}

function clusterOf(containers: Resources<ContainerResource>): string {
  for (const { labels = [] } of Object.values(containers)) {
    const found = labels.find(({ label }) => label === clusterLabel);
    if (found !== undefined) return plain(found.value);
  }
  return '';
}

/** Terraform's text without its escapes. */
function plain(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/** A path such as `${abspath(var.secrets_directory)}/admin-password`, as Terraform would have it. */
function hostPath(source: string, { variable = {} }: Document, directory: string): string {
  return source.replace(/\$\{abspath\((?:var\.(\w+)|"([^"]*)")\)\}/g, (_, name: string | undefined, path: string | undefined) =>
    resolve(directory, name === undefined ? (path ?? '') : (variable[name]?.default ?? '')),
  );
}
