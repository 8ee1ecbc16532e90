import type { Quota } from '../quota';
import type { Rule } from './rule';
import { repeated } from './words';

const limits = ['producerByteRate', 'consumerByteRate', 'requestPercentage', 'controllerMutationRate'] as const;

function subject({ user, clientId }: Quota): string {
  const parts = [...(user === undefined ? [] : [`user "${user}"`]), ...(clientId === undefined ? [] : [`client id "${clientId}"`])];
  return parts.join(' with ');
}

export const quotaRules: readonly Rule[] = [
  {
    code: 'quota/no-subject',
    severity: 'error',
    reason: 'A quota is for a user, a client id, or both.',
    check: ({ quotas }) =>
      quotas.flatMap((quota, index) =>
        subject(quota) === '' ? [{ path: ['quotas', index], message: 'quota is for nobody; add user, clientId or both' }] : [],
      ),
  },
  {
    code: 'quota/no-limit',
    severity: 'error',
    reason: 'A quota without a limit says nothing.',
    check: ({ quotas }) =>
      quotas.flatMap((quota, index) =>
        limits.every((limit) => quota[limit] === undefined)
          ? [{ path: ['quotas', index], message: `quota of ${subject(quota) || 'nobody'} has no limit; add one of ${limits.join(', ')}` }]
          : [],
      ),
  },
  {
    code: 'quota/duplicate',
    severity: 'error',
    reason: 'Kafka keeps one quota a subject.',
    check: ({ quotas }) =>
      repeated(quotas, (quota) => JSON.stringify([quota.user ?? null, quota.clientId ?? null])).map(({ item, index }) => ({
        path: ['quotas', index],
        message: `quota of ${subject(item) || 'nobody'} stands in the list twice; put its limits together`,
      })),
  },
];
