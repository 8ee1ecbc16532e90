import type { Disk } from './disk';
import { type Environment, replicationListenerName } from './environment';
import type { Listener } from './listener';

/** The operator whose resources are made: the first with the API version v1 alone and Kafka 4.3.1. */
export const strimziRelease = '1.2.0';

/** The Kafka releases that this operator runs. */
export const strimziKafkaReleases: readonly string[] = ['4.2.0', '4.2.1', '4.3.0', '4.3.1'];

/** Whether the Strimzi operator runs the cluster on Kubernetes. */
export function isStrimzi({ platform }: Pick<Environment, 'platform'>): boolean {
  return platform.kubernetes.flavor === 'strimzi';
}

/** A listener's name as the operator takes it: lower-case letters and digits. */
export function strimziListenerName({ name }: Pick<Listener, 'name'>): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** The disks with data, each with the number by which the operator knows it: the one its name ends with, else 0. */
export function strimziVolumes(disks: readonly Disk[]): readonly { readonly id: number; readonly disk: Disk }[] {
  return disks.filter(({ purpose }) => purpose === 'data').map((disk) => ({ id: Number(/(\d*)$/.exec(disk.name)?.[1] ?? 0), disk }));
}

/** Settings that the operator makes itself; an ending dot or none, all are beginnings. */
const reserved: readonly string[] = [
  'listeners',
  'advertised.',
  'broker.',
  'listener.',
  'host.name',
  'port',
  'inter.broker.listener.name',
  'sasl.',
  'ssl.',
  'security.',
  'password.',
  'log.dir',
  'zookeeper.connect',
  'zookeeper.set.acl',
  'zookeeper.ssl',
  'zookeeper.clientCnxnSocket',
  'authorizer.',
  'super.user',
  'cruise.control.metrics.topic',
  'cruise.control.metrics.reporter.bootstrap.servers',
  'node.id',
  'process.roles',
  'controller.',
  'metadata.log.dir',
  'zookeeper.metadata.migration.enable',
  'client.quota.callback.static.',
  'prometheus.metrics.reporter.',
  'cordoned.log.dirs',
];
const open: readonly string[] = [
  'zookeeper.connection.timeout.ms',
  'sasl.server.max.receive.size',
  'ssl.cipher.suites',
  'ssl.protocol',
  'ssl.enabled.protocols',
  'ssl.secure.random.implementation',
  'broker.session.timeout.ms',
  'broker.heartbeat.interval.ms',
  'controller.socket.timeout.ms',
  'controller.quorum.election.backoff.max.ms',
  'controller.quorum.election.timeout.ms',
  'controller.quorum.fetch.timeout.ms',
];

/** Whether the operator refuses a broker setting because it makes it itself. */
export function isStrimziReserved(key: string): boolean {
  const lower = key.toLowerCase();
  return reserved.some((start) => lower.startsWith(start.toLowerCase())) && !open.some((start) => lower.startsWith(start));
}

/** JVM options in the operator's form; what fits nowhere in it is in `other`. */
export interface StrimziJvmOptions {
  readonly xx: Readonly<Record<string, string>>;
  readonly system: readonly { readonly name: string; readonly value: string }[];
  readonly other: readonly string[];
}

/** `-XX:+Name`, `-XX:Name=value` and `-Dname=value`, taken apart. */
export function strimziJvmOptions(options: readonly string[]): StrimziJvmOptions {
  const xx: Record<string, string> = {};
  const system: { name: string; value: string }[] = [];
  const other: string[] = [];
  for (const option of options) {
    const flag = /^-XX:([+-])(\w+)$/.exec(option);
    const setting = /^-XX:(\w+)=(.+)$/.exec(option);
    const property = /^-D([^=]+)(?:=(.*))?$/.exec(option);
    if (flag?.[2] !== undefined) xx[flag[2]] = String(flag[1] === '+');
    else if (setting?.[1] !== undefined) xx[setting[1]] = setting[2] ?? '';
    else if (property?.[1] !== undefined) system.push({ name: property[1], value: property[2] ?? '' });
    else other.push(option);
  }
  return { xx, system, other };
}

/**
 * The environment less what an operator owns in Kafka: the part that the convergence makes match. With Strimzi users, their grants
 * and quotas are the operator's, and topics where `convergence.topics` says so. Of what it does not own nothing is deleted.
 */
export function convergedPart(environment: Environment): Environment {
  if (!isStrimzi(environment)) return environment;
  const rest = { ...environment, serviceAccounts: {}, userGroups: {}, topicAccess: {}, access: [], quotas: [] };
  if (environment.convergence.topics === 'kafkon') return rest;
  return { ...rest, topics: [], convergence: { ...environment.convergence, deleteTopics: false } };
}

/** Whether anything is left for the convergence: where an operator owns topics, and there are neither schemas nor connectors, nothing is. */
export function hasConvergence(environment: Environment): boolean {
  const { convergence, schemas, connectors } = environment;
  return !isStrimzi(environment) || convergence.topics === 'kafkon' || Object.keys({ ...schemas, ...connectors }).length > 0;
}

/** The listener through which the convergence reaches a cluster of the operator: an internal one where it shows a certificate, or nothing. */
export function strimziConvergenceListener({ listeners }: Environment): Listener | undefined {
  const internal = listeners.filter(({ scope, name }) => scope === 'internal' && name !== replicationListenerName);
  return internal.find(({ security }) => security === 'mtls') ?? internal.find(({ security }) => security === 'plaintext');
}
