import { describe, expect, it } from '@jest/globals';
import { type Connection, clientFor } from '../../../lib/kafka';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { administrator } from './clusters';

/** What a client that can't connect to a secured cluster says. */
export function failures(title: string, cluster: () => LocalCluster): void {
  describe(title, () => {
    const refusal = async (connection: Connection): Promise<{ name: string; reason: string; message: string }> => {
      const client = clientFor({ connectTimeoutMs: 500, ...connection });
      return client
        .topics()
        .then(
          () => {
            throw new Error('it was let in');
          },
          (failure) => failure,
        )
        .finally(() => client.close());
    };

    it('is told that its password is wrong, without the password', async () => {
      const { tls } = await administrator(cluster());
      const failure = await refusal({
        bootstrapServers: cluster().bootstrap('CLIENT').split(','),
        tls: { ca: tls?.ca },
        scram: { mechanism: 'SCRAM-SHA-512', user: 'nobody', password: 'a-secret' },
      });
      expect(failure).toMatchObject({ name: 'ClusterFailure', reason: 'authentication-failed' });
      expect(failure.message).toMatch(/127\.0\.0\.1:\d+ refused the user or the password/);
      expect(JSON.stringify({ ...failure, text: String(failure) })).not.toContain('a-secret');
    });

    it('is told that it does not trust the broker', async () => {
      const { bootstrapServers, tls } = await administrator(cluster());
      expect(await refusal({ bootstrapServers, tls: { certificate: tls?.certificate, key: tls?.key } })).toMatchObject({
        reason: 'authentication-failed',
        message: expect.stringMatching(/TLS failed: .*certificate/),
      });
    });

    it('is told that it must show a certificate', async () => {
      const { bootstrapServers, tls } = await administrator(cluster());
      expect(await refusal({ bootstrapServers, tls: { ca: tls?.ca } })).toMatchObject({ reason: 'authentication-failed' });
    });

    it('is told that the listener may want TLS', async () => {
      const { bootstrapServers } = await administrator(cluster());
      const failure = await refusal({ bootstrapServers });
      expect(failure).toMatchObject({ reason: 'unreachable' });
      expect(failure.message).toMatch(/TLS/);
    });

    it('is told that it must log in', async () => {
      const { tls } = await administrator(cluster());
      const failure = await refusal({ bootstrapServers: cluster().bootstrap('CLIENT').split(','), tls: { ca: tls?.ca } });
      expect(failure).toMatchObject({ reason: 'unreachable' });
      expect(failure.message).toMatch(/login/);
    });
  });
}
