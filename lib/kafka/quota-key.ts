import type { QuotaEntry } from './admin';

/** Whom a quota is for, as text: `user=alice,client-id=<default>`. */
export function quotaKey({ user, clientId }: Pick<QuotaEntry<number | null>, 'user' | 'clientId'>): string {
  const part = (kind: string, name: string | null | undefined) => (name === undefined ? [] : [`${kind}=${name ?? '<default>'}`]);
  return [...part('user', user), ...part('client-id', clientId)].join(',');
}
