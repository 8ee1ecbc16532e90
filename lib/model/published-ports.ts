import { brokersOf, type Environment } from './environment';
import type { Listener } from './listener';
import type { Path } from './problem';

/** A port of the Docker host that an environment takes. */
export interface PublishedPort {
  readonly port: number;
  /** What answers there: `kafka-1 EXTERNAL`, `schemaRegistry`. */
  readonly service: string;
  /** The process behind it: `kafka-1`, `zookeeper-1`, `schema-registry`. */
  readonly process: string;
  /** The port inside the container. */
  readonly inside: number;
  /** Where the port is said. */
  readonly path: Path;
}

/** The port a broker binds for a listener on Docker, which without `portOffset` is also the published one. */
export function dockerPort(environment: Environment, { name, port }: Pick<Listener, 'name' | 'port'>, id: number): number {
  const base = environment.platform.docker.listeners[name]?.basePort;
  return base === undefined ? port : base + id;
}

/** Whether clients on the Docker host can reach a listener. */
export function isPublished(environment: Environment, { name, scope }: Pick<Listener, 'name' | 'scope'>): boolean {
  return environment.platform.docker.listeners[name]?.published ?? scope === 'external';
}

/**
 * Every port that an environment takes on its Docker host, `portOffset` included, by ascending number. A companion without a port of
 * its own there takes that inside its container, or the next one that is free in the environment; what is written stays as it is.
 */
export function publishedPorts(environment: Environment): readonly PublishedPort[] {
  const { portOffset } = environment.platform.docker;
  const nodes = [...listenerPorts(environment), ...jmxPorts(environment), ...zookeeperPorts(environment)];
  return [...nodes, ...companionPorts(environment, nodes)]
    .map(({ port, ...rest }) => ({ ...rest, port: port + portOffset }))
    .sort((a, b) => a.port - b.port);
}

function listenerPorts(environment: Environment): PublishedPort[] {
  return environment.listeners
    .filter((listener) => isPublished(environment, listener))
    .flatMap((listener) =>
      brokersOf(environment).map(({ id }) => {
        const port = dockerPort(environment, listener, id);
        const path = ['platform', 'docker', 'listeners', listener.name];
        return { port, inside: port, service: `kafka-${id} ${listener.name}`, process: `kafka-${id}`, path };
      }),
    );
}

/** JMX tells its clients its own port once more when they have reached it, so it is the same inside and outside, offset included. */
function jmxPorts(environment: Environment): PublishedPort[] {
  const { jmxBasePort, portOffset } = environment.platform.docker;
  if (jmxBasePort === undefined) return [];
  return brokersOf(environment).map(({ id }) => ({
    port: jmxBasePort + id,
    inside: jmxBasePort + id + portOffset,
    service: `kafka-${id} JMX`,
    process: `kafka-${id}`,
    path: ['platform', 'docker', 'jmxBasePort'],
  }));
}

function zookeeperPorts({ metadata, platform }: Environment): PublishedPort[] {
  const first = platform.docker.ports.zookeeper;
  if (metadata.mode !== 'zookeeper' || first === undefined) return [];
  const { client, secureClient } = metadata.ensemble.ports;
  return metadata.nodes.map(({ id }, index) => ({
    port: first + index,
    inside: metadata.security === 'mtls' ? secureClient : client,
    service: `zookeeper-${id}`,
    process: `zookeeper-${id}`,
    path: ['platform', 'docker', 'ports', 'zookeeper'],
  }));
}

/** The name of a companion's process, by its section: `schema-registry`. */
export function componentOf(section: string): string {
  return section.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What nobody outside needs is published only where a port is named for it. */
const hidden: readonly string[] = ['redis', 'mirrorMaker', 'lagExporter'];

function companionPorts(environment: Environment, others: readonly PublishedPort[]): PublishedPort[] {
  const { ports } = environment.platform.docker;
  const taken = new Set(others.map(({ port }) => port));
  return Object.entries(environment.companions).flatMap(([name, companion]) => {
    if (companion === undefined || (ports[name] === undefined && hidden.includes(name))) return [];
    const port = ports[name] ?? freePort(companion.port, taken);
    if (ports[name] === undefined) taken.add(port);
    return [{ port, inside: companion.port, service: name, process: componentOf(name), path: ['platform', 'docker', 'ports', name] }];
  });
}

function freePort(wanted: number, taken: ReadonlySet<number>): number {
  let port = wanted;
  while (taken.has(port)) port++;
  return port;
}
