/** A pod as a network policy sees it. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
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
  readonly ports?: readonly { readonly port?: number | string; readonly protocol?: string }[];
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

function ipv4(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  return parts.length === 4 ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

/** Whether an IPv4 address lies in a network; an IPv6 network holds none. */
export function inNetwork(ip: string, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const [address, network] = [ipv4(ip), ipv4(base)];
  if (address === undefined || network === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(network / size);
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
      : selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': end.namespace });
  return namespaceMatches && selects(peer.podSelector ?? {}, end.labels);
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
    ({ metadata, spec }) =>
      metadata.namespace === self.namespace && (spec.policyTypes ?? ['Ingress']).includes(side) && selects(spec.podSelector, self.labels),
  );
  if (mine.length === 0) return true;
  return mine.some(({ spec, metadata }) =>
    ((side === 'Ingress' ? spec.ingress : spec.egress) ?? []).some((rule) => {
      const peers = side === 'Ingress' ? rule.from : rule.to;
      const portMatches =
        rule.ports === undefined ||
        rule.ports.some((each) => (each.protocol ?? 'TCP') === protocol && (each.port === undefined || each.port === port));
      return (
        portMatches &&
        (peers === undefined || peers.length === 0 || peers.some((peer) => matchesPeer(peer, other, metadata.namespace ?? '')))
      );
    }),
  );
}

/** Whether one end may open a connection to the other, as Kubernetes defines it: the sender's egress and the receiver's ingress agree. */
export function reaches(
  policies: readonly Policy[],
  from: Pod | Outside,
  to: Pod | Outside,
  port: number,
  protocol: Protocol = 'TCP',
): boolean {
  return allows(policies, 'Egress', from, to, port, protocol) && allows(policies, 'Ingress', to, from, port, protocol);
}
