import { brokersOf, type Environment, type Listener, replicationListenerName, strimziListenerName } from '../../model';
import { brokerNodePort, kubernetesListener, listenerServiceType } from '../addressing';
import { allowedNetworks } from '../allowed-networks';
import type { StrimziListener } from '../custom-resources/strimzi';
import type { k8s } from '../k8s';
import { namespaceOf } from '../names';

const types = { LoadBalancer: 'loadbalancer', NodePort: 'nodeport', ClusterIP: 'cluster-ip' } as const;

function typeOf(environment: Environment, listener: Listener): StrimziListener['type'] {
  if (listener.scope === 'internal') return 'internal';
  if (kubernetesListener(environment, listener)?.ingressClass !== undefined) return 'ingress';
  return types[listenerServiceType(environment, listener)];
}

function authentication({ security }: Listener): Pick<StrimziListener, 'authentication'> {
  if (security === 'mtls') return { authentication: { type: 'tls' } };
  return security === 'scram' ? { authentication: { type: 'scram-sha-512' } } : {};
}

/** The operator makes NetworkPolicies of its own from these: who is not among them is refused. */
function peers(environment: Environment, listener: Listener): readonly k8s.NetworkPolicyPeer[] {
  if (listener.scope === 'external') return allowedNetworks(environment, listener).map((cidr) => ({ ipBlock: { cidr } }));
  const namespaces = new Set([namespaceOf(environment), ...environment.platform.kubernetes.clientNamespaces]);
  return [...namespaces].sort().map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }));
}

const strimziTemplate = (text: string) => text.replaceAll('{id}', '{nodeId}');

function externalConfiguration(environment: Environment, listener: Listener, type: StrimziListener['type']) {
  const settings = kubernetesListener(environment, listener);
  const networks = allowedNetworks(environment, listener);
  const annotations = Object.entries(settings?.annotations ?? {});
  const shared = Object.fromEntries(annotations.filter(([, value]) => !value.includes('{id}')));
  const perBroker = Object.fromEntries(annotations.map(([key, value]) => [key, strimziTemplate(value)]));
  const ports = brokersOf(environment).flatMap(({ id }) => {
    const nodePort = brokerNodePort(settings, id);
    const advertisedPort = settings?.advertisedPort;
    if (nodePort === undefined && advertisedPort === undefined) return [];
    return [{ broker: id, ...(nodePort === undefined ? {} : { nodePort }), ...(advertisedPort === undefined ? {} : { advertisedPort }) }];
  });
  const bootstrap = {
    ...(settings?.bootstrapHost === undefined
      ? {}
      : type === 'ingress'
        ? { host: settings.bootstrapHost }
        : { alternativeNames: [settings.bootstrapHost] }),
    ...(type === 'nodeport' && settings?.bootstrapNodePort !== undefined ? { nodePort: settings.bootstrapNodePort } : {}),
    ...(Object.keys(shared).length === 0 ? {} : { annotations: shared }),
  };
  return {
    ...(settings?.ingressClass === undefined ? {} : { class: settings.ingressClass }),
    ...(type === 'loadbalancer' || type === 'nodeport' ? { externalTrafficPolicy: 'Local' } : {}),
    ...(type === 'loadbalancer' && settings?.sourceRanges !== false && !networks.includes('0.0.0.0/0')
      ? { loadBalancerSourceRanges: networks }
      : {}),
    ...(Object.keys(bootstrap).length === 0 ? {} : { bootstrap }),
    ...(settings?.brokerHost === undefined
      ? {}
      : { [type === 'ingress' ? 'hostTemplate' : 'advertisedHostTemplate']: strimziTemplate(settings.brokerHost) }),
    ...(annotations.length === 0 ? {} : { perBrokerAnnotationsTemplate: perBroker }),
    ...(ports.length === 0 ? {} : { brokers: ports }),
  };
}

/** The doors of the brokers, less the one among them: the operator has its own for that, with mutual TLS. */
export function strimziListeners(environment: Environment): readonly StrimziListener[] {
  return environment.listeners
    .filter(({ name }) => name !== replicationListenerName)
    .map((listener) => {
      const type = typeOf(environment, listener);
      const configuration = {
        ...(type === 'internal' ? { useServiceDnsDomain: true } : externalConfiguration(environment, listener, type)),
        ...(listener.maxConnections === undefined ? {} : { maxConnections: listener.maxConnections }),
      };
      return {
        name: strimziListenerName(listener),
        port: listener.port,
        type,
        tls: listener.security !== 'plaintext',
        ...authentication(listener),
        ...(Object.keys(configuration).length === 0 ? {} : { configuration }),
        networkPolicyPeers: peers(environment, listener),
      };
    });
}
