import type { Environment, KubernetesListener, Listener } from '../model';
import type { Addressing } from '../runtime';
import { companionName, headlessName, kafkaPodName, kafkaStem, listenerServiceName, serviceHost, zookeeperStem } from './names';

/** What `platform.kubernetes.listeners` says of a listener; undefined where it says nothing. */
export function kubernetesListener(environment: Environment, listener: Listener): KubernetesListener | undefined {
  return environment.platform.kubernetes.listeners[listener.name];
}

/** The kind of the Services of an external listener. */
export function listenerServiceType(environment: Environment, listener: Listener): KubernetesListener['service'] {
  return kubernetesListener(environment, listener)?.service ?? 'LoadBalancer';
}

/** The host of a ZooKeeper server in its ensemble's namespace. */
export function zookeeperHost(environment: Environment, id: number): string {
  const stem = zookeeperStem(environment);
  return serviceHost(environment, headlessName(stem), `${stem}-${id}`);
}

/**
 * Who is where on Kubernetes: nodes by the stable DNS names of their pods, clients outside by the names and ports the platform
 * section gives. `ensembleHost` names the servers of an ensemble that another construct made.
 */
export function kubernetesAddressing(
  environment: Environment,
  ensembleHost: (id: number) => string = (id) => zookeeperHost(environment, id),
): Addressing {
  const kafkaHost = (id: number) => serviceHost(environment, headlessName(kafkaStem(environment)), kafkaPodName(environment, id));
  return {
    kafkaHost,
    zookeeperHost: ensembleHost,
    bindPort: (listener) => listener.port,
    advertised: (listener, id) =>
      listener.scope === 'internal'
        ? { host: kafkaHost(id), port: listener.port }
        : { host: externalHost(environment, listener, id), port: externalPort(environment, listener, id) },
    companionHost: (component) => serviceHost(environment, companionName(component)),
  };
}

/** Without a name from the platform section only the pods of the Kubernetes cluster can find the broker's own Service. */
function externalHost(environment: Environment, listener: Listener, id: number): string {
  const template = kubernetesListener(environment, listener)?.brokerHost;
  return template?.replaceAll('{id}', String(id)) ?? serviceHost(environment, listenerServiceName(environment, listener, id));
}

function externalPort(environment: Environment, listener: Listener, id: number): number {
  const settings = kubernetesListener(environment, listener);
  return settings?.advertisedPort ?? brokerNodePort(settings, id) ?? listener.port;
}

/** The port that every machine opens for one broker. */
export function brokerNodePort(settings: KubernetesListener | undefined, id: number): number | undefined {
  return settings?.service === 'NodePort' && settings.nodePortBase !== undefined ? settings.nodePortBase + id : undefined;
}
