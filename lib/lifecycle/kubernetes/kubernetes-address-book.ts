import {
  accountSecret,
  brokersOf,
  type Environment,
  kubernetesSecret,
  type Listener,
  replicationListenerName,
  securityProtocol,
} from '../../model';
import type { AddressBook, Bootstrap, ClientSettings, ServiceAddress } from '../address-book';
import { isOfKind, kinds } from './kinds';
import type { KubernetesObject } from './kubernetes-cluster';
import { isOwn, type KubernetesStack } from './kubernetes-stack';

interface ServiceObject {
  readonly spec: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly nodePort?: number }[];
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[] } };
}

const nodes = new Set(['kafka', 'zookeeper']);

/** Where everything of an environment on Kubernetes is. `live` are its Services as they are, load balancers with their addresses. */
export function kubernetesAddressBook(environment: Environment, stack: KubernetesStack, live: readonly KubernetesObject[]): AddressBook {
  const services = live.filter((object) => isOfKind(object, kinds.service) && isOwn(stack, object));
  const { clusterDomain } = environment.platform.kubernetes;
  const hostOf = (service: string) => `${service}.${stack.namespace}.svc.${clusterDomain}`;
  const listeners = environment.listeners.filter(({ name }) => name !== replicationListenerName);
  const bootstrap = listeners.map((listener) => bootstrapOf(environment, listener, services, hostOf));
  return {
    services: services.flatMap((object): ServiceAddress[] => {
      const component = object.metadata.labels?.['app.kubernetes.io/component'] ?? '';
      const [port] = (object as unknown as ServiceObject).spec.ports ?? [];
      if (nodes.has(component) || port === undefined) return [];
      const address = `${hostOf(object.metadata.name)}:${port.port}`;
      return [{ service: component, address: component === 'redis' ? address : `http://${address}` }];
    }),
    bootstrap,
    clients: listeners.flatMap((listener, index) => clientsOf(environment, listener, bootstrap[index]?.servers ?? '')),
  };
}

function bootstrapOf(
  environment: Environment,
  listener: Listener,
  services: readonly KubernetesObject[],
  hostOf: (service: string) => string,
): Bootstrap {
  const { names, listeners } = environment.platform.kubernetes;
  const { name, security, port, scope } = listener;
  if (scope === 'internal') return { listener: name, security, audience: 'pods', servers: `${hostOf(names.kafka)}:${port}` };
  const settings = listeners[name];
  const lowered = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const service = services.find(({ metadata }) => metadata.name === `${names.kafka}-${lowered}`) as unknown as ServiceObject | undefined;
  const [ingress] = service?.status?.loadBalancer?.ingress ?? [];
  const host = settings?.bootstrapHost ?? ingress?.hostname ?? ingress?.ip;
  const nodePort = service?.spec.type === 'NodePort' ? service.spec.ports?.[0]?.nodePort : undefined;
  const each = settings?.brokerHost;
  if (host !== undefined)
    return { listener: name, security, audience: 'outside', servers: `${host}:${nodePort ?? settings?.advertisedPort ?? port}` };
  if (each !== undefined) {
    const base = settings?.service === 'NodePort' ? settings.nodePortBase : undefined;
    const servers = brokersOf(environment).map(
      ({ id }) => `${each.replaceAll('{id}', String(id))}:${settings?.advertisedPort ?? (base === undefined ? port : base + id)}`,
    );
    return { listener: name, security, audience: 'outside', servers: servers.join(',') };
  }
  // Nothing outside has a name for it: only who is inside comes that way.
  return { listener: name, security, audience: 'pods', servers: `${hostOf(`${names.kafka}-${lowered}`)}:${port}` };
}

/** Where a pod that mounts the Secret of an account is thought to have it. */
const mounted = '/etc/kafka-client';

function clientsOf(environment: Environment, listener: Listener, servers: string): ClientSettings[] {
  const basic = { 'bootstrap.servers': servers, 'security.protocol': securityProtocol(listener) };
  if (listener.security === 'plaintext') return [{ listener: listener.name, settings: basic }];
  const trusting = { ...basic, 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': `${mounted}/ca.crt` };
  if (listener.security === 'tls') return [{ listener: listener.name, settings: trusting }];
  return Object.entries(environment.serviceAccounts).flatMap(([account, { authentication }]): ClientSettings[] => {
    if (listener.security !== 'scram' || authentication === 'mtls') return [];
    const mechanism = listener.mechanisms.find((each) => each.toLowerCase() === authentication);
    if (mechanism === undefined) return [];
    const { name, key } = kubernetesSecret(environment, accountSecret(environment, account));
    const password = `\${directory:${mounted}/${name}:${key}}`;
    const settings = {
      ...trusting,
      'config.providers': 'directory',
      'config.providers.directory.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'sasl.mechanism': mechanism,
      'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${account}" password="${password}";`,
    };
    return [{ account, listener: listener.name, settings }];
  });
}
