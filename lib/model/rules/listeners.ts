import { companionListener, type Environment, replicationListenerName } from '../environment';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';
import { nearestRemedy, quotedList, repeated } from './words';

/** A listener that was added and not declared has no place in the file. */
function pathOf({ platform: _, listeners }: Environment, index: number, field: string): Path {
  const isAdded = index === listeners.length - 1 && listeners[index]?.name === replicationListenerName;
  return isAdded ? ['listeners'] : ['listeners', index, field];
}

/** The ports of a Kafka node that are no listeners'. */
export function nodePorts(environment: Environment): Map<number, string> {
  const { monitoring, metadata, nodes } = environment;
  const ports = new Map<number, string>();
  // Where controllers are nodes of their own, their port is not the brokers'.
  if (metadata.mode === 'kraft' && nodes.some(({ broker, controller }) => broker && controller)) ports.set(metadata.port, 'metadata.port');
  if (monitoring.jmxPort !== undefined) ports.set(monitoring.jmxPort, 'monitoring.jmxPort');
  ports.set(monitoring.readinessPort, 'monitoring.readinessPort');
  if (monitoring.enabled) ports.set(monitoring.metricsPort, 'monitoring.metricsPort');
  return ports;
}

function checkOtherPorts(environment: Environment): Finding[] {
  const taken = nodePorts(environment);
  return environment.listeners.flatMap(({ name, port }, index) => {
    const owner = taken.get(port);
    return owner === undefined
      ? []
      : [
          {
            path: pathOf(environment, index, 'port'),
            message: `port ${port} of the listener "${name}" is that of ${owner} too; choose another`,
          },
        ];
  });
}

function checkMonitoringPorts({ metadata, monitoring }: Environment): Finding[] {
  const own = (['metricsPort', 'readinessPort', 'jmxPort'] as const).map((name) => ({
    name: `monitoring.${name}`,
    port: monitoring[name],
  }));
  const ports = [...(metadata.mode === 'kraft' ? [{ name: 'metadata.port', port: metadata.port }] : []), ...own];
  return repeated(
    ports.filter(({ port }) => port !== undefined),
    ({ port }) => port ?? 0,
  ).map(({ item: { name, port } }) => ({
    path: name.split('.'),
    message: `port ${port} is that of ${ports.find((one) => one.port === port)?.name} too; choose another`,
  }));
}

const interBroker = (environment: Environment) => environment.listeners.find(({ name }) => name === environment.interBrokerListener);

export const listenerRules: readonly Rule[] = [
  {
    code: 'listener/duplicate-name',
    severity: 'error',
    reason: 'A listener is known by its name.',
    check: (environment) =>
      repeated(environment.listeners, ({ name }) => name).map(({ item, index }) => ({
        path: pathOf(environment, index, 'name'),
        message: `listener name "${item.name}" is taken by an earlier listener; choose another`,
      })),
  },
  {
    code: 'listener/reserved-name',
    severity: 'error',
    reason: 'The controllers have a listener of their own.',
    check: ({ listeners, metadata }) =>
      metadata.mode !== 'kraft'
        ? []
        : listeners.flatMap(({ name }, index) =>
            name === 'CONTROLLER'
              ? [{ path: ['listeners', index, 'name'], message: 'listener name "CONTROLLER" is that of the controllers; choose another' }]
              : [],
          ),
  },
  {
    code: 'listener/duplicate-port',
    severity: 'error',
    reason: 'A process can open a port once.',
    check: (environment) =>
      repeated(environment.listeners, ({ port }) => port).map(({ item, index }) => ({
        path: pathOf(environment, index, 'port'),
        message: `port ${item.port} of the listener "${item.name}" is that of "${environment.listeners.find(({ port }) => port === item.port)?.name}" too; choose another`,
      })),
  },
  { code: 'listener/port-clash', severity: 'error', reason: 'A process can open a port once.', check: checkOtherPorts },
  { code: 'monitoring/port-clash', severity: 'error', reason: 'A process can open a port once.', check: checkMonitoringPorts },
  {
    code: 'listener/inter-broker-unknown',
    severity: 'error',
    reason: 'Brokers talk to each other through a listener that exists.',
    reads: ['listeners.*.name'],
    check: (environment) => {
      if (interBroker(environment) !== undefined) return [];
      const name = environment.interBrokerListener;
      const names = environment.listeners.map((listener) => listener.name);
      const remedy = nearestRemedy(name, names, `use one of ${quotedList(names)}, or leave it out`);
      return [{ path: ['interBrokerListener'], message: `no listener is named "${name}"; ${remedy}` }];
    },
  },
  {
    code: 'listener/inter-broker-external',
    severity: 'error',
    reason: 'Replication must not leave the network of the brokers.',
    reads: ['listeners.*.scope', 'listeners.*.name'],
    check: (environment) =>
      interBroker(environment)?.scope === 'external'
        ? [
            {
              path: ['interBrokerListener'],
              message: `listener "${environment.interBrokerListener}" is external, and brokers need an internal one; name an internal listener or leave it out`,
            },
          ]
        : [],
  },
  {
    code: 'listener/inter-broker-anonymous',
    severity: 'error',
    reason: 'With an authorizer the brokers must prove who they are, or it refuses their own requests.',
    reads: ['listeners.*.security', 'listeners.*.name', 'authorization'],
    check: (environment) => {
      const security = interBroker(environment)?.security;
      if (environment.authorization === 'none' || (security !== 'plaintext' && security !== 'tls')) return [];
      const index = environment.listeners.findIndex(({ name }) => name === environment.interBrokerListener);
      const message = `brokers talk through "${environment.interBrokerListener}" (${security}) without proving who they are, which authorization: acl refuses; use mtls or scram there, or name another listener in interBrokerListener`;
      return [{ path: ['listeners', index, 'security'], message }];
    },
  },
  {
    code: 'listener/none-for-companions',
    severity: 'error',
    reason: 'The programs beside the cluster use the first internal listener.',
    reads: ['listeners.*.scope'],
    check: (environment) =>
      companionListener(environment) === undefined
        ? [
            {
              path: ['listeners'],
              message: 'no declared listener is internal, and the programs beside the cluster need one; add one with scope internal',
            },
          ]
        : [],
  },
];
