import type { Environment, Listener } from '../model';

const everywhere: readonly string[] = ['0.0.0.0/0', '::/0'];

/** A single address as a network of one. */
function asNetwork(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/**
 * The networks from which a listener may be reached: its own `allowFrom`, else all of `security.ipAllowlists`, else any. Any address
 * means both families.
 */
export function allowedNetworks(
  { security }: Pick<Environment, 'security'>,
  { allowFrom }: Pick<Listener, 'allowFrom'>,
): readonly string[] {
  const given = allowFrom.length > 0 ? allowFrom : Object.values(security.ipAllowlists).flat();
  const networks = [...new Set(given.map(asNetwork))].sort();
  return networks.length === 0 || networks.includes('0.0.0.0/0') ? everywhere : networks;
}
