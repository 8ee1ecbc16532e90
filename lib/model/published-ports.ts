import { brokersOf, type Environment } from './environment';
import type { Path } from './problem';

/** A port of the Docker host that an environment takes. */
export interface PublishedPort {
  readonly port: number;
  /** What answers there: `kafka-1 EXTERNAL`, `schemaRegistry`. */
  readonly service: string;
  /** Where the port is said. */
  readonly path: Path;
}

/** Every port that an environment takes on its Docker host, `portOffset` included, by ascending number. */
export function publishedPorts(environment: Environment): readonly PublishedPort[] {
  const { docker } = environment.platform;
  const brokers = brokersOf(environment);
  const listeners = environment.listeners.flatMap((listener) => {
    const binding = docker.listeners[listener.name];
    if (!(binding?.published ?? listener.scope === 'external')) return [];
    return brokers.map(({ id }) => ({
      port: binding?.basePort === undefined ? listener.port : binding.basePort + id,
      service: `kafka-${id} ${listener.name}`,
      path: ['platform', 'docker', 'listeners', listener.name] as Path,
    }));
  });
  const jmx =
    docker.jmxBasePort === undefined
      ? []
      : brokers.map(({ id }) => ({
          port: (docker.jmxBasePort ?? 0) + id,
          service: `kafka-${id} JMX`,
          path: ['platform', 'docker', 'jmxBasePort'],
        }));
  // What nobody outside needs is published only where a port is named for it.
  const hidden: readonly string[] = ['redis', 'mirrorMaker', 'lagExporter'];
  const companions = Object.entries(environment.companions).flatMap(([name, companion]) => {
    if (companion === undefined) return [];
    const port = docker.ports[name] ?? (hidden.includes(name) ? undefined : companion.port);
    return port === undefined ? [] : [{ port, service: name, path: ['platform', 'docker', 'ports', name] }];
  });
  const zookeeper = docker.ports.zookeeper;
  const ensemble =
    environment.metadata.mode === 'zookeeper' && zookeeper !== undefined
      ? environment.metadata.nodes.map(({ id }, index) => ({
          port: zookeeper + index,
          service: `zookeeper-${id}`,
          path: ['platform', 'docker', 'ports', 'zookeeper'],
        }))
      : [];
  return [...listeners, ...jmx, ...companions, ...ensemble]
    .map(({ port, ...rest }) => ({ ...rest, port: port + docker.portOffset }))
    .sort((a, b) => a.port - b.port);
}
