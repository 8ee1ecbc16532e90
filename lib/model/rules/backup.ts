import type { Rule } from './rule';

export const backupRules: readonly Rule[] = [
  {
    code: 'backup/no-listener',
    severity: 'error',
    reason: 'The backup has an account of its own, which a certificate shows; a password would have to be one of the others.',
    platform: 'kubernetes',
    reads: ['listeners.*.security', 'listeners.*.scope', 'interBrokerListener'],
    check: ({ backup, listeners, interBrokerListener }) => {
      if (backup?.metadata === undefined) return [];
      const fit = listeners.some(
        ({ name, security, scope }) =>
          (security === 'mtls' && scope === 'internal') ||
          (name === interBrokerListener && (security === 'mtls' || security === 'plaintext')),
      );
      const message = 'the backup has no listener to log in to; add an internal one with security: mtls, or take interBrokerListener out';
      return fit ? [] : [{ path: ['backup', 'metadata'], message }];
    },
  },
];
