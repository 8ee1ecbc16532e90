import type { Outcomes, QuotaEntry, QuotaLimit, WriteOptions } from '../admin';
import { settle } from '../batch';
import { alterQuotas, describeQuotas, type QuotaEntity } from '../protocol/quotas';
import { quotaKey } from '../quota-key';
import type { Session } from '../session';

const limitNames: readonly string[] = [
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
  'connection_creation_rate',
] satisfies QuotaLimit[];

/** What a SCRAM user has beside quotas in ZooKeeper's store is left out, and kinds of entities that nobody knows yet. */
export async function readQuotas(session: Session): Promise<readonly QuotaEntry[]> {
  const { quotas } = await session.readAll(describeQuotas, undefined);
  return quotas.flatMap(({ entity, limits }) => {
    const known = limits.filter(([key]) => limitNames.includes(key));
    if (known.length === 0 || entity.some(([kind]) => kind !== 'user' && kind !== 'client-id' && kind !== 'ip')) return [];
    return [{ ...entryOf(entity), limits: Object.fromEntries(known) }];
  });
}

export function changeQuotas(
  session: Session,
  changes: readonly QuotaEntry<number | null>[],
  { validateOnly = false }: WriteOptions = {},
): Promise<Outcomes> {
  return settle(session, new Map(changes.map((change) => [quotaKey(change), change])), {
    weight: ({ limits }) => Object.keys(limits).length,
    repeatable: true,
    send: async (batch, timeoutMs) => {
      const quotas = [...batch.values()].map((change) => ({ entity: entityOf(change), limits: limitsOf(change) }));
      const answers = await session.send(alterQuotas, { quotas, validateOnly }, { timeoutMs });
      return new Map(answers.map((answer) => [quotaKey(entryOf(answer.entity)), answer]));
    },
  });
}

function entryOf(entity: QuotaEntity): Pick<QuotaEntry, 'user' | 'clientId' | 'ip'> {
  const names = new Map(entity);
  const [user, clientId, ip] = [names.get('user'), names.get('client-id'), names.get('ip')];
  return { ...(user === undefined ? {} : { user }), ...(clientId === undefined ? {} : { clientId }), ...(ip === undefined ? {} : { ip }) };
}

function entityOf({ user, clientId, ip }: QuotaEntry<number | null>): QuotaEntity {
  const part = (kind: string, name: string | null | undefined) => (name === undefined ? [] : [[kind, name] as const]);
  return [...part('user', user), ...part('client-id', clientId), ...part('ip', ip)];
}

function limitsOf({ limits }: QuotaEntry<number | null>): readonly (readonly [string, number | null])[] {
  return Object.entries(limits).filter((limit): limit is [string, number | null] => limit[1] !== undefined);
}
