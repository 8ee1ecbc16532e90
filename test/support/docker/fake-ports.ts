import type { Change, ContainerState, Ports, Stack } from '../../../lib/lifecycle';

/** A Docker host in memory, for tests of what is done to one. */
export interface FakeHost extends Ports {
  /** What was done, in order: `start kafka-1`, `apply all`. */
  readonly done: string[];
  readonly containers: Map<string, ContainerState>;
  /** What the next plans say; applying empties it. */
  changes: Change[];
  /** Metrics of a container, by its name: lines as the exporter prints them. */
  readonly metrics: Map<string, string>;
  readonly takenPorts: Set<number>;
  readonly missingImages: Set<string>;
  readonly files: Set<string>;
  engineMemory: number;
  freeDisk: number | undefined;
}

const GiB = 2 ** 30;

/** A container that does its work, or as the overrides say. */
export function containerState(
  name: string,
  labels: Readonly<Record<string, string>> = {},
  overrides: Partial<ContainerState> = {},
): ContainerState {
  return {
    id: `id-${name}`,
    name,
    state: 'running',
    health: 'healthy',
    healthOutput: '',
    healthCheck: [],
    exitCode: 0,
    startedAt: new Date('2026-11-21T11:00:00Z'),
    restarts: 0,
    image: 'image',
    labels,
    ports: [],
    ...overrides,
  };
}

/** A host where nothing of the stack is there yet; applying makes all of it, healthy. */
export function fakeHost(stack: Stack): FakeHost {
  const containers = new Map<string, ContainerState>();
  const labelsOf = (name: string) => {
    const found = stack.containers.find((container) => container.name === name);
    return {
      'kafkon.dev/cluster': stack.cluster,
      ...(found?.contentHash === undefined ? {} : { 'kafkon.dev/content-hash': found.contentHash }),
    };
  };
  const change = (name: string, overrides: Partial<ContainerState>) => {
    const known = containers.get(name);
    if (known !== undefined) containers.set(name, { ...known, ...overrides });
  };
  let now = 0;
  const host: FakeHost = {
    done: [],
    containers,
    changes: stack.containers.map(({ address }) => ({ address, action: 'create' })),
    metrics: new Map(),
    takenPorts: new Set(),
    missingImages: new Set(),
    files: new Set(),
    engineMemory: 64 * GiB,
    freeDisk: 1024 * GiB,
    engine: {
      info: async () => ({ version: '1', memory: host.engineMemory, cpus: 4, rootDirectory: '/docker', local: true }),
      hasImage: async (image) => !host.missingImages.has(image),
      whyNotPullable: async () => 'no such image',
      pullImage: async (image) => void host.done.push(`pull ${image}`),
      container: async (name) => containers.get(name),
      labelled: async (label, value) =>
        [...containers.values()].filter(({ labels }) => (value === undefined ? label in labels : labels[label] === value)),
      memory: async () => 300 * 2 ** 20,
      start: async (name) => {
        host.done.push(`start ${name}`);
        change(name, { state: 'running', health: 'healthy' });
      },
      stop: async (name) => {
        host.done.push(`stop ${name}`);
        change(name, { state: 'exited', health: 'none', exitCode: 143 });
      },
      removeContainer: async (name) => {
        host.done.push(`remove ${name}`);
        containers.delete(name);
      },
      logs: async (name, _, line) => line(`${name} says hello`),
      run: async (name) => ({ code: 0, output: host.metrics.get(name) ?? '' }),
      networks: async () => [],
      removeNetwork: async () => {},
      volumes: async () => stack.volumes.map(({ name }) => name),
      removeVolume: async (name) => void host.done.push(`remove volume ${name}`),
    },
    terraform: {
      version: async () => 'terraform 1.0.0',
      init: async () => {},
      plan: async () => host.changes,
      apply: async (_, { targets }) => {
        host.done.push(`apply ${targets?.join(' ') ?? 'all'}`);
        for (const { address, name } of stack.containers) {
          const planned = host.changes.some((each) => each.address === address && (targets === undefined || targets.includes(address)));
          if (planned) containers.set(name, containerState(name, labelsOf(name)));
        }
        host.changes = host.changes.filter(({ address }) => targets !== undefined && !targets.includes(address));
      },
      destroy: async (_, { targets }) => {
        host.done.push('destroy');
        for (const { address, name } of stack.containers) if (targets === undefined || targets.includes(address)) containers.delete(name);
      },
      resources: async () => [
        ...stack.containers.filter(({ name }) => containers.has(name)).map(({ address }) => address),
        ...stack.volumes.map(({ address }) => address),
      ],
      forget: async (_, addresses) => {
        host.done.push('forget volumes');
        host.changes = host.changes.filter(({ address }) => !addresses.includes(address));
      },
    },
    host: {
      portIsFree: async (port) => !host.takenPorts.has(port),
      freeBytes: () => host.freeDisk,
      fileExists: (path) => host.files.has(path),
      clock: () => now,
      pause: async (milliseconds) => {
        now += milliseconds;
      },
    },
  };
  return host;
}

/** What the exporter of a node prints. */
export function exported(values: {
  controller?: boolean;
  underReplicated?: number;
  underMinIsr?: number;
  atMinIsr?: number;
  replicas?: number;
}): string {
  return [
    '# HELP kafka_server_replicamanager_underreplicatedpartitions text',
    `kafka_controller_kafkacontroller_activecontrollercount ${values.controller === true ? '1.0' : '0.0'}`,
    `kafka_server_replicamanager_underreplicatedpartitions ${values.underReplicated ?? 0}.0`,
    `kafka_server_replicamanager_underminisrpartitioncount ${values.underMinIsr ?? 0}.0`,
    `kafka_server_replicamanager_atminisrpartitioncount ${values.atMinIsr ?? 0}.0`,
    `kafka_server_replicamanager_partitioncount ${values.replicas ?? 0}.0`,
  ].join('\n');
}
