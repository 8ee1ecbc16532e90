import type { Construct } from 'constructs';
import { brokersOf, type Environment, type Listener, replicationListenerName } from '../model';
import type { Port, Process } from '../runtime';
import { brokerNodePort, kubernetesListener, listenerServiceType } from './addressing';
import { allowedNetworks } from './allowed-networks';
import type { Identity } from './labels';
import { headlessName, kafkaPodName, kafkaStem, listenerServiceName } from './names';
import { createService } from './service';

/** The Services of the Kafka nodes: DNS for each pod, one door for clients inside, doors to each broker for those outside. */
export function createKafkaServices(scope: Construct, environment: Environment, processes: readonly Process[]): void {
  const stem = kafkaStem(environment);
  const ports = uniquePorts(processes);
  const identity: Identity = { environment, component: 'kafka' };
  const brokers: Identity = { ...identity, roles: ['broker'] };
  createService(scope, 'Headless', { identity, name: headlessName(stem), type: 'Headless', ports });
  const internal = environment.listeners.filter(({ name, scope: place }) => place === 'internal' && name !== replicationListenerName);
  if (internal.length > 0) {
    createService(scope, 'Bootstrap', { identity: brokers, name: stem, ports: internal.map((listener) => portOf(ports, listener)) });
  }
  for (const listener of environment.listeners.filter((candidate) => candidate.scope === 'external')) {
    createListenerServices(scope, brokers, listener, portOf(ports, listener));
  }
}

/** A Service for the first contact, on any broker, and one for each broker, because clients must reach each partition's leader. */
function createListenerServices(scope: Construct, identity: Identity, listener: Listener, port: Port): void {
  const { environment } = identity;
  const settings = kubernetesListener(environment, listener);
  const type = listenerServiceType(environment, listener);
  const sourceRanges = settings?.sourceRanges === false ? [] : loadBalancerRanges(environment, listener);
  const annotations = settings?.annotations ?? {};
  createService(scope, `${listener.name}-bootstrap`, {
    identity,
    type,
    sourceRanges,
    name: listenerServiceName(environment, listener),
    // NetworkPolicies look at the client's address, which a hop over another machine would replace.
    local: true,
    annotations: Object.fromEntries(Object.entries(annotations).filter(([, value]) => !value.includes('{id}'))),
    ports: [{ ...port, nodePort: type === 'NodePort' ? settings?.bootstrapNodePort : undefined }],
  });
  for (const { id } of brokersOf(environment)) {
    createService(scope, `${listener.name}-${id}`, {
      identity,
      type,
      sourceRanges,
      name: listenerServiceName(environment, listener, id),
      pod: kafkaPodName(environment, id),
      local: true,
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, value.replaceAll('{id}', String(id))])),
      ports: [{ ...port, nodePort: brokerNodePort(settings, id) }],
    });
  }
}

/** Any network at all is what a load balancer lets in by itself, and not every one takes the words for it. */
function loadBalancerRanges(environment: Environment, listener: Listener): readonly string[] {
  const networks = allowedNetworks(environment, listener);
  return networks.includes('0.0.0.0/0') ? [] : networks;
}

function uniquePorts(processes: readonly Process[]): readonly Port[] {
  return [...new Map(processes.flatMap((process) => process.ports).map((port) => [port.name, port])).values()];
}

/** A Service's port bears the name of the container's. */
function portOf(ports: readonly Port[], listener: Listener): Port {
  return ports.find(({ port }) => port === listener.port) ?? { name: 'kafka', port: listener.port };
}
