import { derivedName, dnsLabelLimit, type Environment, type Listener, statefulSetNameLimit } from '../model';
import type { CertificateOwner, Component } from '../runtime';

/** The pool whose StatefulSet bears the bare stem: `kafka`, with the pods `kafka-0`, `kafka-1`, … */
export const mainPool = 'brokers';

/** The namespace of all objects of an environment. */
export function namespaceOf(environment: Environment): string {
  return environment.platform.kubernetes.namespace ?? derivedName(dnsLabelLimit, environment.name);
}

/** The stem of the names of the Kafka nodes' objects. */
export function kafkaStem(environment: Environment): string {
  return environment.platform.kubernetes.names.kafka;
}

/** The stem of the names of ZooKeeper's objects, and the name of its StatefulSet. */
export function zookeeperStem(environment: Environment): string {
  return environment.platform.kubernetes.names.zookeeper;
}

/** `kafka-external`: an object that belongs to the whole cluster. */
export function kafkaObjectName(environment: Environment, ...parts: readonly string[]): string {
  return derivedName(dnsLabelLimit, kafkaStem(environment), ...parts);
}

/**
 * The StatefulSet of a pool: `kafka` for the pool named `brokers`, `kafka-<pool>` for every other one. It follows from the pool's
 * own name and nothing else, because a StatefulSet's name is in the names of its claims: another pool must not change it.
 */
export function poolName(environment: Environment, pool: string): string {
  const stem = kafkaStem(environment);
  return derivedName(statefulSetNameLimit, stem, pool === mainPool ? '' : pool);
}

/** The pod of a Kafka node. */
export function kafkaPodName(environment: Environment, id: number): string {
  const pool = environment.nodes.find((node) => node.id === id)?.pool ?? mainPool;
  return `${poolName(environment, pool)}-${id}`;
}

/** The headless Service that gives every pod its DNS name. */
export function headlessName(stem: string): string {
  return derivedName(dnsLabelLimit, stem, 'headless');
}

/** The Service through which Prometheus finds the pods. */
export function metricsName(stem: string): string {
  return derivedName(dnsLabelLimit, stem, 'metrics');
}

/** The Service through which clients of an external listener find the cluster, or one broker of it when `id` is given. */
export function listenerServiceName(environment: Environment, listener: Listener, id?: number): string {
  return kafkaObjectName(environment, listener.name, id === undefined ? '' : String(id));
}

/** The Service of a companion. */
export function companionName(component: Component | string): string {
  return derivedName(dnsLabelLimit, component);
}

/** The Certificate of an owner, and the Secret it is kept in. */
export function certificateName(environment: Environment, owner: CertificateOwner): string {
  if (owner === 'zookeeper') return derivedName(dnsLabelLimit, zookeeperStem(environment), 'cert');
  const given = environment.platform.kubernetes.certificates.brokerName;
  if (owner === 'broker' && given !== undefined) return given;
  return kafkaObjectName(environment, owner, 'cert');
}

/** `kafka-0.kafka-headless.orders.svc.cluster.local`, or without `pod` the name of the Service itself. */
export function serviceHost(environment: Environment, service: string, pod?: string): string {
  const host = `${service}.${namespaceOf(environment)}.svc.${environment.platform.kubernetes.clusterDomain}`;
  return pod === undefined ? host : `${pod}.${host}`;
}
