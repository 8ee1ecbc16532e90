import { compareVersions, type Environment, type KafkaNode, type Listener, securityProtocol } from '../model';
import type { Addressing } from './addressing';
import type { SettingValues } from './properties';

/** The listener of KRaft's controllers; no listener of the environment may bear its name. */
export const controllerListenerName = 'CONTROLLER';

/** The listener that brokers use among themselves. */
export function interBrokerListenerOf(environment: Environment): Listener | undefined {
  return environment.listeners.find((listener) => listener.name === environment.interBrokerListener);
}

/** The prefix of the settings of one listener: lower case, or Kafka ignores them. */
export function listenerPrefix(name: string): string {
  return `listener.name.${name.toLowerCase()}.`;
}

function controllerPort(environment: Environment): number | undefined {
  return environment.metadata.mode === 'kraft' ? environment.metadata.port : undefined;
}

/** Before 3.9 a controller's address was known from `controller.quorum.voters` alone, and Kafka refused to be told it twice. */
function advertisesController(environment: Environment): boolean {
  return compareVersions(environment.kafka.version.line, '3.9') >= 0;
}

function addresses(environment: Environment, node: KafkaNode, addressing: Addressing): SettingValues {
  const bound: string[] = [];
  const advertised: string[] = [];
  if (node.broker) {
    for (const listener of environment.listeners) {
      const { host, port } = addressing.advertised(listener, node.id);
      bound.push(`${listener.name}://:${addressing.bindPort(listener, node.id)}`);
      advertised.push(`${listener.name}://${host}:${port}`);
    }
  }
  const port = controllerPort(environment);
  if (node.controller && port !== undefined) {
    bound.push(`${controllerListenerName}://:${port}`);
    if (advertisesController(environment)) advertised.push(`${controllerListenerName}://${addressing.kafkaHost(node.id)}:${port}`);
  }
  return { listeners: bound.join(','), ...(advertised.length === 0 ? {} : { 'advertised.listeners': advertised.join(',') }) };
}

function protocols(environment: Environment): string {
  const own = environment.listeners.map((listener) => `${listener.name}:${securityProtocol(listener)}`);
  if (environment.metadata.mode === 'zookeeper') return own.join(',');
  return [...own, `${controllerListenerName}:${environment.metadata.security === 'mtls' ? 'SSL' : 'PLAINTEXT'}`].join(',');
}

function limits(environment: Environment): SettingValues {
  return Object.fromEntries(
    environment.listeners.flatMap(({ name, maxConnections }) =>
      maxConnections === undefined ? [] : [[`${listenerPrefix(name)}max.connections`, maxConnections]],
    ),
  );
}

/** Which doors a node opens, where it says they are, and how each is spoken to. */
export function listenerSettings(environment: Environment, node: KafkaNode, addressing: Addressing): SettingValues {
  return {
    ...addresses(environment, node, addressing),
    'listener.security.protocol.map': protocols(environment),
    ...(node.broker ? { 'inter.broker.listener.name': environment.interBrokerListener, ...limits(environment) } : {}),
  };
}
