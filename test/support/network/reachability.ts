/** A pod as a network policy sees it. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
  /** Of its namespace, beside the name that every namespace bears. @default none */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
}

/** Somewhere outside of Kubernetes. */
export interface Outside {
  readonly name: string;
  readonly ip: string;
}

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface PolicyRule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port?: number | string; readonly endPort?: number; readonly protocol?: string }[];
}

/** The part of a NetworkPolicy that decides. */
export interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly PolicyRule[];
    readonly egress?: readonly PolicyRule[];
  };
}

type Protocol = 'TCP' | 'UDP';

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      throw new Error(`no such operator: ${operator}`);
    })
  );
}

/** An address as a number with its size in bits; undefined for what is none. */
function addressOf(text: string): { readonly value: bigint; readonly bits: number } | undefined {
  if (text.includes(':')) {
    const [head = '', tail] = text.split('::');
    const groups = (part: string) => (part === '' ? [] : part.split(':'));
    const [left, right] = [groups(head), groups(tail ?? '')];
    const missing = tail === undefined ? 0 : 8 - left.length - right.length;
    const all = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
    return { value: all.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16)), 0n), bits: 128 };
  }
  const parts = text.split('.').map(Number);
  return parts.length === 4 ? { value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n), bits: 32 } : undefined;
}

/** Whether an address lies in a network (CIDR) of its own family. */
export function inNetwork(ip: string, cidr: string): boolean {
  const [base = '', length] = cidr.split('/');
  const [address, network] = [addressOf(ip), addressOf(base)];
  if (address === undefined || network === undefined || address.bits !== network.bits) return false;
  const free = BigInt(network.bits - Number(length ?? network.bits));
  return address.value >> free === network.value >> free;
}

const isPod = (end: Pod | Outside): end is Pod => 'namespace' in end;

function matchesPeer(peer: Peer, end: Pod | Outside, policyNamespace: string): boolean {
  if (peer.ipBlock !== undefined) {
    return inNetwork(end.ip, peer.ipBlock.cidr) && !(peer.ipBlock.except ?? []).some((cidr) => inNetwork(end.ip, cidr));
  }
  if (!isPod(end)) return false;
  const namespaceMatches =
    peer.namespaceSelector === undefined
      ? end.namespace === policyNamespace
      : selects(peer.namespaceSelector, { ...end.namespaceLabels, 'kubernetes.io/metadata.name': end.namespace });
  return namespaceMatches && selects(peer.podSelector ?? {}, end.labels);
}

/** A policy without types is about what comes in, and about what goes out where it has rules for that. */
function typesOf({ policyTypes, egress }: Policy['spec']): readonly string[] {
  return policyTypes ?? (egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
}

function isPort({ port, endPort }: { readonly port?: number | string; readonly endPort?: number }, asked: number): boolean {
  if (typeof port === 'string') throw new Error(`the port ${port} is given by name, and pods here have none`);
  if (port === undefined) return true;
  return endPort === undefined ? port === asked : port <= asked && asked <= endPort;
}

function allows(
  policies: readonly Policy[],
  side: 'Ingress' | 'Egress',
  self: Pod | Outside,
  other: Pod | Outside,
  port: number,
  protocol: Protocol,
) {
  if (!isPod(self)) return true;
  const mine = policies.filter(
    ({ metadata, spec }) => metadata.namespace === self.namespace && typesOf(spec).includes(side) && selects(spec.podSelector, self.labels),
  );
  if (mine.length === 0) return true;
  return mine.some(({ spec, metadata }) =>
    ((side === 'Ingress' ? spec.ingress : spec.egress) ?? []).some((rule) => {
      const peers = side === 'Ingress' ? rule.from : rule.to;
      const portMatches =
        rule.ports === undefined || rule.ports.some((each) => (each.protocol ?? 'TCP') === protocol && isPort(each, port));
      return (
        portMatches &&
        (peers === undefined || peers.length === 0 || peers.some((peer) => matchesPeer(peer, other, metadata.namespace ?? '')))
      );
    }),
  );
}

/** Whether the policies of the sender let a connection go out. */
export function leaves(
  policies: readonly Policy[],
  from: Pod | Outside,
  to: Pod | Outside,
  port: number,
  protocol: Protocol = 'TCP',
): boolean {
  return allows(policies, 'Egress', from, to, port, protocol);
}

/** Whether the policies of the receiver let a connection come in. */
export function enters(
  policies: readonly Policy[],
  from: Pod | Outside,
  to: Pod | Outside,
  port: number,
  protocol: Protocol = 'TCP',
): boolean {
  return allows(policies, 'Ingress', to, from, port, protocol);
}

/** Whether one end may open a connection to the other, as Kubernetes defines it: the sender's egress and the receiver's ingress agree. */
export function reaches(
  policies: readonly Policy[],
  from: Pod | Outside,
  to: Pod | Outside,
  port: number,
  protocol: Protocol = 'TCP',
): boolean {
  return leaves(policies, from, to, port, protocol) && enters(policies, from, to, port, protocol);
}
