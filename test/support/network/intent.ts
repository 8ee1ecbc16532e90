import type { Environment, Listener } from '../../../lib/model';
import { inNetwork, type Outside, type Pod } from './reachability';
import { serviceTargets } from './service-targets';

/**
 * Who may connect to whom, told from the environment alone and not from what makes policies: listeners and whom they are for, where
 * metadata is kept, which programs call which.
 */
export interface Intent {
  /** Whether an end has business with another one at a port. */
  readonly leaves: (from: Pod | Outside, to: Pod | Outside, port: number) => boolean;
  /** Whether an end is open to another one at a port. */
  readonly enters: (from: Pod | Outside, to: Pod | Outside, port: number) => boolean;
}

type End = Pod | Outside;

/** Which companion calls which other ones, beside Kafka. */
const callees: Readonly<Record<string, readonly string[]>> = {
  'kafka-ui': ['schema-registry', 'connect', 'ksqldb'],
  connect: ['schema-registry', 'connect'],
  ksqldb: ['schema-registry', 'connect', 'ksqldb'],
  'rest-proxy': ['schema-registry'],
  'schema-registry': ['schema-registry'],
  convergence: ['schema-registry', 'connect'],
  backup: ['schema-registry', 'connect'],
};
const sections: Readonly<Record<string, keyof Environment['companions']>> = {
  'schema-registry': 'schemaRegistry',
  connect: 'connect',
  'kafka-ui': 'kafkaUi',
  ksqldb: 'ksqldb',
  'rest-proxy': 'restProxy',
  redis: 'redis',
  'lag-exporter': 'lagExporter',
  'mirror-maker': 'mirrorMaker',
};

/** What a pod is, by what its own workload calls it; nothing for pods of others. */
function kindsOf(environment: Environment, end: End): readonly string[] {
  if (!('labels' in end) || end.labels['kafkon.dev/environment'] !== environment.name) return [];
  const component = end.labels['app.kubernetes.io/name'] ?? '';
  if (component !== 'kafka') return [component];
  return ['broker', 'controller'].filter((role) => end.labels[`kafkon.dev/${role}`] === 'true');
}

/** The listener of programs that administer: with certificates if there is any, the one among brokers first. */
function administration({ listeners, interBrokerListener }: Environment): Listener | undefined {
  const between = listeners.filter(({ name }) => name === interBrokerListener);
  const inside = listeners.filter(({ scope }) => scope === 'internal');
  return [...between, ...inside].find(({ security }) => security === 'mtls') ?? between[0];
}

export function intentOf(environment: Environment): Intent {
  const { listeners, interBrokerListener, metadata, companions, monitoring, security, platform } = environment;
  const { namespace = environment.name.toLowerCase(), clientNamespaces, monitoringNamespace } = platform.kubernetes;
  const kinds = (end: End) => kindsOf(environment, end);
  const portOf = (kind: string) => {
    const section = sections[kind];
    return section === undefined ? undefined : companions[section]?.port;
  };
  const between = listeners.find(({ name }) => name === interBrokerListener)?.port;
  const forPrograms = listeners.find(({ scope, name }) => scope === 'internal' && name !== 'REPLICATION');
  const remote = (companions.mirrorMaker?.remote.bootstrapServers ?? []).map((address) => Number(address.split(':').at(-1)));

  const targets = serviceTargets(environment, namespace);
  const isNamed = (from: string, to: string) => targets.some((target) => target.from === from && target.service === to);

  const calls = (from: string, to: string, port: number): boolean => {
    if (isNamed(from, to)) return false;
    if (to === 'broker') {
      if (from === 'broker') return port === between;
      if (from === 'convergence' || from === 'backup') return port === administration(environment)?.port;
      return from !== 'redis' && from in sections && port === forPrograms?.port;
    }
    if (to === 'controller') return metadata.mode === 'kraft' && port === metadata.port && ['broker', 'controller'].includes(from);
    if (to === 'zookeeper' && metadata.mode === 'zookeeper') {
      const { client, secureClient, quorum, election } = metadata.ensemble.ports;
      if (from === 'broker') return port === (metadata.security === 'mtls' ? secureClient : client);
      return from === 'zookeeper' && (port === quorum || port === election);
    }
    return (callees[from] ?? []).includes(to) && port === portOf(to);
  };

  const isClient = (end: End) => 'namespace' in end && [namespace, ...clientNamespaces].includes(end.namespace);
  const networks = ({ allowFrom }: Listener) => {
    const lists = allowFrom.length > 0 ? allowFrom : Object.values(security.ipAllowlists).flat();
    // Every address means those of both families.
    return lists.length === 0 || lists.includes('0.0.0.0/0') ? ['0.0.0.0/0', '::/0'] : lists;
  };
  const opensTo = (listener: Listener, end: End): boolean => {
    if (listener.scope === 'external') return networks(listener).some((network) => inNetwork(end.ip, network));
    return isClient(end) && (listener.name !== interBrokerListener || listener === forPrograms);
  };
  const watches = (end: End, kind: string, port: number): boolean => {
    if (!('namespace' in end) || end.namespace !== monitoringNamespace) return false;
    if (kind === 'lag-exporter') return port === portOf(kind);
    const node = ['broker', 'controller', 'zookeeper'].includes(kind);
    return node && ((monitoring.enabled && port === monitoring.metricsPort) || port === monitoring.jmxPort);
  };
  const serves = (end: End, kind: string, port: number): boolean => {
    if (kind === 'broker') return listeners.some((listener) => listener.port === port && opensTo(listener, end));
    return kind in sections && !['lag-exporter', 'mirror-maker'].includes(kind) && port === portOf(kind) && isClient(end);
  };

  const isNameServer = (end: End) => ('namespace' in end ? end.namespace === 'kube-system' : end.ip === '169.254.20.10');
  return {
    leaves: (from, to, port) =>
      kinds(from).length === 0 ||
      (port === 53 && isNameServer(to)) ||
      kinds(from).some(
        (kind) =>
          (kind === 'mirror-maker' && remote.includes(port)) ||
          targets.some((target) => target.from === kind && target.port === port && target.isAt(to)) ||
          kinds(to).some((callee) => calls(kind, callee, port)),
      ),
    enters: (from, to, port) =>
      kinds(to).length === 0 ||
      kinds(to).some(
        (kind) => kinds(from).some((caller) => calls(caller, kind, port)) || serves(from, kind, port) || watches(from, kind, port),
      ),
  };
}
