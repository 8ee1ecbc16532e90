import { type Environment, hasConvergence, isStrimzi } from '../model';
import type { Edge, Place, Role } from './edge';
import { edgesOf, rolesOf } from './edges';
import { k8s } from './k8s';
import { type Labels, selectorLabels } from './labels';
import { kafkaObjectName } from './names';

/** A NetworkPolicy before it becomes an object. */
export interface PolicySpec {
  readonly name: string;
  /** The component that the policy protects, for its labels. */
  readonly component: string;
  /** Why it lets in and out what it does, one line a connection. */
  readonly description: string;
  readonly spec: k8s.NetworkPolicySpec;
}

/** The address of the name server that runs on every machine, where a cluster has it. */
const nodeLocalDns = '169.254.20.10/32';

/** The labels of the pods with a role. */
export function roleLabels(environment: Environment, role: Role): Labels {
  const isNode = role === 'broker' || role === 'controller';
  return selectorLabels({ environment, component: componentOf(role), roles: isNode ? [role] : [] });
}

/** The component whose pods have a role. */
export function componentOf(role: Role): string {
  return role === 'broker' || role === 'controller' ? 'kafka' : role;
}

function peersOf(environment: Environment, place: Place): readonly k8s.NetworkPolicyPeer[] {
  const inNamespace = (name: string): k8s.NetworkPolicyPeer => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  switch (place.kind) {
    case 'role':
      return [{ podSelector: { matchLabels: roleLabels(environment, place.role) } }];
    case 'namespace':
      return [inNamespace(place.namespace)];
    case 'network':
      return [{ ipBlock: { cidr: place.cidr } }];
    case 'dns':
      return [inNamespace('kube-system'), { ipBlock: { cidr: nodeLocalDns } }];
  }
}

function placeName(place: Place): string {
  switch (place.kind) {
    case 'role':
      return place.role;
    case 'namespace':
      return `namespace ${place.namespace}`;
    case 'network':
      return place.cidr;
    case 'dns':
      return 'the name servers';
  }
}

interface Rule {
  readonly peers: readonly k8s.NetworkPolicyPeer[];
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

/** One rule for each set of peers: first all peers of a port, then all ports with the same peers. */
function rulesOf(environment: Environment, edges: readonly Edge[], other: (edge: Edge) => Place): readonly Rule[] {
  const byPort = new Map<string, { port: Rule['ports'][number]; peers: Map<string, k8s.NetworkPolicyPeer> }>();
  for (const edge of edges) {
    const port = { port: edge.port, protocol: edge.protocol ?? 'TCP' };
    const key = `${String(port.port).padStart(5, '0')} ${port.protocol}`;
    const known = byPort.get(key) ?? { port, peers: new Map() };
    for (const peer of peersOf(environment, other(edge))) known.peers.set(JSON.stringify(peer), peer);
    byPort.set(key, known);
  }
  const byPeers = new Map<string, Rule>();
  for (const [, { port, peers }] of [...byPort].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...peers].sort(([a], [b]) => (a < b ? -1 : 1));
    const key = sorted.map(([text]) => text).join();
    const known = byPeers.get(key);
    byPeers.set(key, { peers: sorted.map(([, peer]) => peer), ports: [...(known?.ports ?? []), port] });
  }
  return [...byPeers.values()];
}

function lines(direction: 'in' | 'out', edges: readonly Edge[], other: (edge: Edge) => Place): readonly string[] {
  return edges.map((edge) => `${direction}, ${placeName(other(edge))}, ${edge.protocol ?? 'TCP'} ${edge.port}: ${edge.why}`);
}

function policyOf(environment: Environment, role: Role, edges: readonly Edge[]): PolicySpec {
  const isSelf = (place: Place) => place.kind === 'role' && place.role === role;
  const incoming = edges.filter(({ to }) => isSelf(to));
  const outgoing = edges.filter(({ from }) => isSelf(from));
  const [from, to] = [(edge: Edge) => edge.from, (edge: Edge) => edge.to];
  const ports = (rule: Rule) => rule.ports.map(({ port, protocol }) => ({ port: k8s.IntOrString.fromNumber(port), protocol }));
  const ingress = rulesOf(environment, incoming, from).map((rule) => ({ from: [...rule.peers], ports: ports(rule) }));
  const egress = rulesOf(environment, outgoing, to).map((rule) => ({ to: [...rule.peers], ports: ports(rule) }));
  return {
    name: kafkaObjectName(environment, role),
    component: componentOf(role),
    description: [...lines('in', incoming, from), ...lines('out', outgoing, to)].join('\n'),
    spec: {
      podSelector: { matchLabels: roleLabels(environment, role) },
      policyTypes: ['Ingress', 'Egress'],
      ...(incoming.length === 0 ? {} : { ingress }),
      ...(outgoing.length === 0 ? {} : { egress }),
    },
  };
}

/** The pods that are ours to fence: the Strimzi operator makes policies for its own, from what listeners say. */
function fencedRoles(environment: Environment): readonly Role[] {
  const operated: readonly Role[] = ['broker', 'controller', 'connect', 'mirror-maker'];
  return rolesOf(environment).filter(
    (role) => !(isStrimzi(environment) && operated.includes(role)) && (role !== 'convergence' || hasConvergence(environment)),
  );
}

/** The policies of an environment: nothing may reach its pods and they may reach nothing, but for the edges of the model. */
export function networkPolicySpecs(environment: Environment): readonly PolicySpec[] {
  const edges = edgesOf(environment);
  return [
    {
      name: kafkaObjectName(environment, 'default-deny'),
      component: 'kafka',
      description: 'nothing reaches the pods of the environment, and they reach nothing, but for what the other policies allow',
      spec: {
        podSelector: { matchLabels: { 'kafkon.dev/environment': environment.name } },
        policyTypes: ['Ingress', 'Egress'],
      },
    },
    ...fencedRoles(environment).map((role) => policyOf(environment, role, edges)),
  ];
}
