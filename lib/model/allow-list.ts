import type { Environment } from './environment';

/** One line of an allow-list: everybody, one machine, or a network. */
export type Allowed = { readonly kind: 'any' } | { readonly kind: 'address' | 'network'; readonly text: string };

/** Reads a line of an allow-list, or undefined when it is neither an address nor a network. */
export function parseAllowed(text: string): Allowed | undefined {
  const [, address, prefix] = /^([^/\s]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  if (address === undefined) return undefined;
  const width = isIpv4(address) ? 32 : isIpv6(address) ? 128 : undefined;
  if (width === undefined) return undefined;
  const bits = prefix === undefined ? width : Number(prefix);
  if (bits > width) return undefined;
  if (bits === 0) return { kind: 'any' };
  if (bits === width) return { kind: 'address', text: address };
  return { kind: 'network', text: `${address}/${bits}` };
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !/^[0-9A-Fa-f:]+$/.test(text)) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (groups.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}

/** The lines of all lists of the environment that an account may come from; none means from anywhere. */
export function allowedFor(environment: Environment, account: string): readonly Allowed[] {
  const lists = environment.security.ipAllowlists;
  const names = environment.serviceAccounts[account]?.ipAllowlists ?? Object.keys(lists);
  return linesOf(names.flatMap((name) => lists[name] ?? []));
}

/** Reads lines, leaving out those that a rule refuses. */
export function linesOf(texts: readonly string[]): readonly Allowed[] {
  return texts.map(parseAllowed).filter((line) => line !== undefined);
}

/** The networks that may reach an external listener, as CIDR: its own, or those of all allow-lists; none means anybody. */
export function networksOf(environment: Environment, listener: { readonly allowFrom: readonly string[] }): readonly string[] {
  const texts = listener.allowFrom.length > 0 ? listener.allowFrom : Object.values(environment.security.ipAllowlists).flat();
  const lines = linesOf(texts);
  if (lines.some(({ kind }) => kind === 'any')) return [];
  const networks = lines.flatMap((line) => {
    if (line.kind === 'any') return [];
    return line.kind === 'network' ? [line.text] : [`${line.text}/${line.text.includes(':') ? 128 : 32}`];
  });
  return [...new Set(networks)].sort();
}

/**
 * The hosts of an account's ACLs. Kafka compares addresses only: networks are left to the network policies, so that an account
 * with one is granted from `*`.
 */
export function hostsOf(environment: Environment, account: string): readonly string[] {
  const lines = allowedFor(environment, account);
  const addresses = lines.flatMap((line) => (line.kind === 'address' ? [line.text] : []));
  return addresses.length === 0 || addresses.length < lines.length ? ['*'] : [...new Set(addresses)].sort();
}
