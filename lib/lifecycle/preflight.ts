import { type Environment, formatBytes, type Problem } from '../model';
import type { ContainerState, EngineInfo } from './engine';
import { machineProblem } from './failure';
import { type Stack, servicesOf } from './stack';

/** What was found out about the machine before anything is made. */
export interface Survey {
  readonly engine: EngineInfo;
  /** Containers that bear a name of the stack, by name. */
  readonly present: ReadonlyMap<string, ContainerState>;
  /** Published ports that somebody else has. */
  readonly taken: ReadonlySet<number>;
  /** Free bytes where the data will be; undefined where nobody can tell. */
  readonly freeBytes: number | undefined;
  /** Images that are not there, and why they cannot be pulled; undefined for one that can. */
  readonly missingImages: ReadonlyMap<string, string | undefined>;
  /** Files of secrets that are not there. */
  readonly missingFiles: readonly string[];
}

const GiB = 2 ** 30;
/** What the engine itself and the first segments need. */
const leastDisk = GiB;

/** Everything that would stop an environment from coming up, or make it suffer, all at once. */
export function preflightProblems(stack: Stack, environment: Environment, survey: Survey): readonly Problem[] {
  return [
    ...foreignContainers(stack, survey),
    ...ports(stack, survey),
    ...memory(stack, environment, survey),
    ...disk(environment, survey),
    ...images(survey),
    ...secrets(survey),
  ];
}

function foreignContainers({ containers, cluster }: Stack, { present }: Survey): Problem[] {
  return containers.flatMap(({ name }) => {
    const owner = present.get(name)?.labels['kafkon.dev/cluster'];
    if (!present.has(name) || owner === cluster) return [];
    const whose = owner === undefined ? 'not made by kafkon' : `of "${owner}"`;
    return [
      machineProblem(
        'docker/container-taken',
        `a container named "${name}" is there already, ${whose}; remove or rename it, or give --project-name`,
      ),
    ];
  });
}

function ports(stack: Stack, { taken }: Survey): Problem[] {
  return servicesOf(stack).flatMap(({ service, ports: published }) =>
    published
      .filter(({ external }) => taken.has(external))
      .map(({ external }) =>
        machineProblem('docker/port-taken', `port ${external} of ${service} is taken by another program; stop that, or give --port-offset`),
      ),
  );
}

function memory(stack: Stack, environment: Environment, { engine }: Survey): Problem[] {
  const zookeepers = environment.metadata.mode === 'zookeeper' ? environment.metadata.nodes : [];
  const heaps = [...environment.nodes, ...zookeepers].reduce((total, { heap }) => total + heap, 0);
  const limits = servicesOf(stack).reduce((total, container) => total + container.memory, 0);
  const has = `the Docker Engine has ${formatBytes(engine.memory)}`;
  if (heaps > engine.memory)
    return [
      machineProblem(
        'docker/memory',
        `the heaps of the nodes are ${formatBytes(heaps)} together, ${has}; lower heap, or give Docker more memory`,
      ),
    ];
  if (limits <= engine.memory) return [];
  return [
    machineProblem(
      'docker/memory',
      `the containers may take ${formatBytes(limits)} together, ${has}; lower memory where the machine is short`,
      'warning',
    ),
  ];
}

function disk(environment: Environment, { freeBytes }: Survey): Problem[] {
  if (freeBytes === undefined) return [];
  const zookeepers = environment.metadata.mode === 'zookeeper' ? environment.metadata.nodes : [];
  const declared = [...environment.nodes, ...zookeepers].flatMap(({ disks }) => disks).reduce((total, { size }) => total + size, 0);
  const free = `${formatBytes(freeBytes)} of disk are free`;
  if (freeBytes < leastDisk)
    return [machineProblem('docker/disk', `${free}, at least ${formatBytes(leastDisk)} are needed; make room, or give --data-dir`)];
  if (freeBytes >= declared) return [];
  return [
    machineProblem(
      'docker/disk',
      `${free}, the disks of the environment are ${formatBytes(declared)} together: they cannot become full`,
      'warning',
    ),
  ];
}

function images({ missingImages }: Survey): Problem[] {
  return [...missingImages].flatMap(([image, why]) =>
    why === undefined
      ? []
      : [
          machineProblem(
            'docker/image-missing',
            `image ${image} is not there and cannot be pulled: ${why}; load or build it, or log in to its registry`,
          ),
        ],
  );
}

function secrets({ missingFiles }: Survey): Problem[] {
  return missingFiles.map((file) =>
    machineProblem(
      'docker/secret-missing',
      `no file of a secret at ${file}; put it there, or make it with "kafkon secrets <environment> init"`,
    ),
  );
}
