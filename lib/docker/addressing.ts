import { dockerPort, type Environment, isPublished, type Listener } from '../model';
import type { Addressing } from '../runtime';
import { containerName, networkName, nodeHost } from './names';

const localhost = 'localhost';

/** The name by which programs on the Docker host are told to reach a listener. */
function publishedHost(environment: Environment, listener: Pick<Listener, 'name'>): string {
  return environment.platform.docker.listeners[listener.name]?.host ?? localhost;
}

/**
 * Who is where on Docker: containers by their names in the network, clients on the host by the published ports.
 * `ensembleHost` names the servers of an ensemble that another construct made.
 */
export function dockerAddressing(
  environment: Environment,
  ensembleHost: (id: number) => string = (id) => nodeHost(environment, 'zookeeper', id),
): Addressing {
  const { jmxBasePort, portOffset } = environment.platform.docker;
  const kafkaHost = (id: number) => nodeHost(environment, 'kafka', id);
  const bindPort = (listener: Listener, id: number) => dockerPort(environment, listener, id);
  const external = environment.listeners.find(({ scope }) => scope === 'external');
  return {
    kafkaHost,
    // Docker's name server knows a container by its own name too.
    kafkaAliases: (id) => [containerName(environment, { component: 'kafka', id })],
    zookeeperHost: ensembleHost,
    // Docker's name server calls the address of a container `<container>.<network>`.
    zookeeperAliases: (id) => {
      const name = containerName(environment, { component: 'zookeeper', id });
      return [name, `${name}.${networkName(environment)}`];
    },
    bindPort,
    advertised: (listener, id) =>
      listener.scope === 'internal'
        ? { host: kafkaHost(id), port: bindPort(listener, id) }
        : {
            host: publishedHost(environment, listener),
            port: bindPort(listener, id) + (isPublished(environment, listener) ? portOffset : 0),
          },
    companionHost: (component) => component,
    remoteJmx: (id) =>
      jmxBasePort === undefined
        ? undefined
        : {
            host: external === undefined ? localhost : publishedHost(environment, external),
            port: jmxBasePort + id + portOffset,
          },
  };
}
