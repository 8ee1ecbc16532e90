import { brokersOf, type Environment } from '../environment';
import { containerNames } from '../fleet';
import { dockerPort, publishedPorts } from '../published-ports';
import { nodePorts } from './listeners';
import type { Finding, Rule } from './rule';
import { repeated } from './words';

function checkPorts(environment: Environment): Finding[] {
  const ports = publishedPorts(environment);
  return repeated(ports, ({ port }) => port).flatMap(({ item }) => {
    const other = ports.find(({ port }) => port === item.port);
    // Two nodes of one id are another rule's.
    if (other?.service === item.service) return [];
    const remedy = item.path[2] === 'listeners' ? 'set basePort, to which the id of the broker is added' : 'choose another';
    return [{ path: item.path, message: `published port ${item.port} of ${item.service} is that of ${other?.service} too; ${remedy}` }];
  });
}

/** A base shifts the port that a broker binds, which may then be that of another door of it. */
function checkBoundPorts(environment: Environment): Finding[] {
  const { listeners, platform } = environment;
  return listeners
    .filter(({ name }) => platform.docker.listeners[name]?.basePort !== undefined)
    .flatMap((listener) =>
      brokersOf(environment).flatMap(({ id }) => {
        const port = dockerPort(environment, listener, id);
        const other = listeners.find((candidate) => candidate.name !== listener.name && dockerPort(environment, candidate, id) === port);
        const owner = other === undefined ? nodePorts(environment).get(port) : `the listener "${other.name}"`;
        if (owner === undefined) return [];
        const path = ['platform', 'docker', 'listeners', listener.name, 'basePort'];
        return [
          { path, message: `port ${port} that broker ${id} binds for "${listener.name}" is that of ${owner} too; choose another basePort` },
        ];
      }),
    );
}

/** Every name that stands for more than one node, once. */
function collidingContainers(environment: Environment) {
  const again = repeated(containerNames(environment), ({ name }) => name).map(({ item }) => item);
  return again.filter(({ name }, index) => again.findIndex((other) => other.name === name) === index);
}

export const dockerRules: readonly Rule[] = [
  {
    code: 'docker/port-collision',
    severity: 'error',
    platform: 'docker',
    reason: 'A port of the host belongs to one container.',
    reads: ['nodePools.*.ids.**', 'listeners.**'],
    check: checkPorts,
  },
  {
    code: 'docker/bound-port-collision',
    severity: 'error',
    platform: 'docker',
    reason: 'A broker binds the port it publishes, and can bind it once.',
    reads: ['nodePools.*.ids.**', 'listeners.**', 'monitoring.**'],
    check: checkBoundPorts,
  },
  {
    code: 'docker/port-too-high',
    severity: 'error',
    platform: 'docker',
    reason: 'Ports end at 65535, the offset included.',
    reads: ['nodePools.*.ids.**'],
    check: (environment) =>
      publishedPorts(environment)
        .filter(({ port }) => port > 65535)
        .map(({ port, service, path }) => ({
          path,
          message: `published port ${port} of ${service} is above 65535; lower it or platform.docker.portOffset`,
        })),
  },
  {
    code: 'docker/container-collision',
    severity: 'error',
    platform: 'docker',
    reason: 'A container is known by its name.',
    reads: ['nodePools.*.ids.**'],
    check: (environment) =>
      collidingContainers(environment).map(({ name, path }) => ({
        path,
        message: `container name "${name}" stands for several nodes; put {id} into it, or rename one`,
      })),
  },
];
