import type { CompanionName, Environment } from '../model';
import { companionListener, isStrimzi, strimziConvergenceListener } from '../model';
import { allowedNetworks } from './allowed-networks';
import type { CompanionRole, Edge, Place, Role } from './edge';
import { namespaceOf } from './names';
import { serviceAddress } from './service-address';

const companionRoles: Readonly<Partial<Record<CompanionName, CompanionRole>>> = {
  schemaRegistry: 'schema-registry',
  connect: 'connect',
  kafkaUi: 'kafka-ui',
  ksqldb: 'ksqldb',
  restProxy: 'rest-proxy',
  redis: 'redis',
  lagExporter: 'lag-exporter',
  mirrorMaker: 'mirror-maker',
};

/** Whom each companion calls, beside Kafka; what is not there is left out. Instances of one that share work call each other. */
const calls: Readonly<Record<CompanionRole, readonly CompanionRole[]>> = {
  'schema-registry': ['schema-registry'],
  connect: ['connect', 'schema-registry'],
  'kafka-ui': ['schema-registry', 'connect', 'ksqldb'],
  ksqldb: ['ksqldb', 'schema-registry', 'connect'],
  'rest-proxy': ['schema-registry'],
  redis: [],
  'lag-exporter': [],
  'mirror-maker': [],
};

/** Companions with nothing for clients: one is scraped, the other works alone. */
const withoutClients: readonly CompanionRole[] = ['lag-exporter', 'mirror-maker'];

const role = (name: Role): Place => ({ kind: 'role', role: name });

function edge(from: Place, to: Place, port: number, why: string): Edge {
  return { from, to, port, why };
}

/** The companions of an environment that run as pods, with the port of each. */
export function companionPorts(environment: Environment): ReadonlyMap<CompanionRole, number> {
  const declared = Object.entries(environment.companions) as readonly [CompanionName, { readonly port: number } | undefined][];
  return new Map(
    declared.flatMap(([name, companion]) => {
      const known = companionRoles[name];
      return companion === undefined || known === undefined ? [] : [[known, companion.port] as const];
    }),
  );
}

/** What pods of an environment there are, in a fixed order. */
export function rolesOf(environment: Environment): readonly Role[] {
  return [
    ...(environment.nodes.some((node) => node.broker) ? (['broker'] as const) : []),
    ...(environment.nodes.some((node) => node.controller) ? (['controller'] as const) : []),
    ...(environment.metadata.mode === 'zookeeper' ? (['zookeeper'] as const) : []),
    ...companionPorts(environment).keys(),
    'convergence',
    ...(environment.backup?.metadata === undefined ? [] : (['backup'] as const)),
  ];
}

/**
 * The listener that the convergence uses: one with mutual TLS, where its certificate makes it a super user, that of the brokers
 * before all others; where there is none, that of the brokers whatever it is.
 */
export function convergenceListener(environment: Environment) {
  if (isStrimzi(environment)) return strimziConvergenceListener(environment);
  const between = environment.listeners.find((listener) => listener.name === environment.interBrokerListener);
  if (between?.security === 'mtls') return between;
  return environment.listeners.find((listener) => listener.security === 'mtls' && listener.scope === 'internal') ?? between;
}

function metadataEdges({ metadata }: Environment): readonly Edge[] {
  if (metadata.mode === 'kraft') {
    return [
      edge(role('controller'), role('controller'), metadata.port, 'the metadata quorum'),
      edge(role('broker'), role('controller'), metadata.port, 'brokers register and read the metadata'),
    ];
  }
  const { ports } = metadata.ensemble;
  const client = metadata.security === 'mtls' ? ports.secureClient : ports.client;
  return [
    edge(role('broker'), role('zookeeper'), client, 'brokers keep their metadata in ZooKeeper'),
    edge(role('zookeeper'), role('zookeeper'), ports.quorum, 'followers follow the leader'),
    edge(role('zookeeper'), role('zookeeper'), ports.election, 'the leader is elected'),
  ];
}

function listenerEdges(environment: Environment, clients: readonly Place[]): readonly Edge[] {
  return environment.listeners.flatMap((listener) => {
    const between = listener.name === environment.interBrokerListener;
    const internal = listener.scope === 'internal' && !(between && companionListener(environment)?.name !== listener.name);
    const from =
      listener.scope === 'external'
        ? allowedNetworks(environment, listener).map((cidr): Place => ({ kind: 'network', cidr }))
        : internal
          ? clients
          : [];
    return [
      ...(between ? [edge(role('broker'), role('broker'), listener.port, 'brokers replicate')] : []),
      ...from.map((place) => edge(place, role('broker'), listener.port, `clients of the listener ${listener.name}`)),
    ];
  });
}

function companionEdges(environment: Environment, clients: readonly Place[]): readonly Edge[] {
  const ports = companionPorts(environment);
  const kafka = companionListener(environment)?.port;
  return [...ports].flatMap(([companion, port]) => [
    ...(kafka === undefined || companion === 'redis'
      ? []
      : [edge(role(companion), role('broker'), kafka, `${companion} is a client of Kafka`)]),
    ...calls[companion].flatMap((callee) => {
      const target = ports.get(callee);
      const why = callee === companion ? `instances of ${companion} share the work` : `${companion} calls ${callee}`;
      return target === undefined ? [] : [edge(role(companion), role(callee), target, why)];
    }),
    ...(withoutClients.includes(companion) ? [] : clients.map((place) => edge(place, role(companion), port, `clients of ${companion}`))),
  ]);
}

/** Where MirrorMaker's other cluster is, its name does not tell: every address, but its ports alone. */
function mirrorEdges({ companions }: Environment): readonly Edge[] {
  const remote = companions.mirrorMaker?.remote.bootstrapServers ?? [];
  const ports = [...new Set(remote.map((address) => Number(address.slice(address.lastIndexOf(':') + 1))))].sort((a, b) => a - b);
  return ports.flatMap((port) =>
    ['0.0.0.0/0', '::/0'].map((cidr) =>
      edge(role('mirror-maker'), { kind: 'network', cidr }, port, 'mirror-maker reaches the remote cluster'),
    ),
  );
}

function monitoringEdges(environment: Environment): readonly Edge[] {
  const { enabled, metricsPort, jmxPort } = environment.monitoring;
  const from: Place = { kind: 'namespace', namespace: environment.platform.kubernetes.monitoringNamespace };
  const servers = rolesOf(environment).filter((name) => name === 'broker' || name === 'controller' || name === 'zookeeper');
  const lag = companionPorts(environment).get('lag-exporter');
  return [
    ...(enabled ? servers.map((name) => edge(from, role(name), metricsPort, 'Prometheus scrapes')) : []),
    ...(jmxPort === undefined ? [] : servers.map((name) => edge(from, role(name), jmxPort, 'tools that speak JMX'))),
    ...(lag === undefined ? [] : [edge(from, role('lag-exporter'), lag, 'Prometheus scrapes')]),
  ];
}

/** To a service beside Kafka: to where its address says, else to the companion. */
function serviceEdges(environment: Environment, from: Role, service: 'schema-registry' | 'connect', why: string): readonly Edge[] {
  const { schemaRegistry, connect } = environment.convergence;
  const { url } = service === 'connect' ? connect : schemaRegistry;
  if (url !== undefined) {
    const { places, port } = serviceAddress(environment, url);
    return places.map((place) => edge(role(from), place, port, why));
  }
  const port = companionPorts(environment).get(service);
  return port === undefined ? [] : [edge(role(from), role(service), port, why)];
}

function convergenceEdges(environment: Environment): readonly Edge[] {
  const listener = convergenceListener(environment);
  return [
    ...(listener === undefined ? [] : [edge(role('convergence'), role('broker'), listener.port, 'the convergence administers Kafka')]),
    ...serviceEdges(environment, 'convergence', 'schema-registry', 'the convergence registers schemas'),
    ...serviceEdges(environment, 'convergence', 'connect', 'the convergence makes connectors'),
  ];
}

/** It goes to the same doors as the convergence, and shows a certificate of its own there. */
function backupEdges(environment: Environment): readonly Edge[] {
  if (environment.backup?.metadata === undefined) return [];
  const listener = convergenceListener(environment);
  return [
    ...(listener === undefined ? [] : [edge(role('backup'), role('broker'), listener.port, 'the backup reads what Kafka knows')]),
    ...serviceEdges(environment, 'backup', 'schema-registry', 'the backup reads the schemas'),
    ...serviceEdges(environment, 'backup', 'connect', 'the backup reads the connectors'),
  ];
}

function dnsEdges(environment: Environment): readonly Edge[] {
  return rolesOf(environment).flatMap((name) =>
    (['UDP', 'TCP'] as const).map(
      (protocol): Edge => ({ from: role(name), to: { kind: 'dns' }, port: 53, protocol, why: 'names are looked up' }),
    ),
  );
}

/**
 * Every connection the environment needs, and no other: the core of its NetworkPolicies. The kubelet's probes are not among them,
 * since a pod's own machine may always reach it.
 */
export function edgesOf(environment: Environment): readonly Edge[] {
  const namespaces = [...new Set([namespaceOf(environment), ...environment.platform.kubernetes.clientNamespaces])].sort();
  const clients = namespaces.map((namespace): Place => ({ kind: 'namespace', namespace }));
  return [
    ...listenerEdges(environment, clients),
    ...metadataEdges(environment),
    ...companionEdges(environment, clients),
    ...mirrorEdges(environment),
    ...monitoringEdges(environment),
    ...convergenceEdges(environment),
    ...backupEdges(environment),
    ...dnsEdges(environment),
  ];
}
