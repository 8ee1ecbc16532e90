import type { QuotaEntry } from './admin';

/** Whom a quota is for, as text: `user=alice,client-id=<default>`, `ip=192.0.2.1`. */
export function quotaKey({ user, clientId, ip }: Pick<QuotaEntry<number | null>, 'user' | 'clientId' | 'ip'>): string {
  const part = (kind: string, name: string | null | undefined) => (name === undefined ? [] : [`${kind}=${name ?? '<default>'}`]);
  return [...part('user', user), ...part('client-id', clientId), ...part('ip', ip)].join(',');
}
