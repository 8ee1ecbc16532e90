import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientFor, recordLogFor } from '../../../lib/kafka';
import { rehearse } from '../../apps/cli/rehearsal';
import { freePorts } from '../../support/kafka/ports';
import type { LocalCluster } from '../../support/runtime/local-cluster';

const password = 'clerk-password-of-a-test';

const environment = (clusterId: string) => `name: test
kind: development
clusterId: ${clusterId}
kafka: { version: 4.3.1 }
metadata: { mode: kraft, security: mtls }
nodePools:
  - { name: both, ids: [1, 2, 3], roles: [broker, controller], memory: 512Mi, heap: 256Mi, disks: [{ name: data, size: 1Gi }] }
listeners:
  - { name: CLIENT, port: 9092, security: scram }
  - { name: BESIDE, port: 9192, security: plaintext }
authorization: acl
serviceAccounts: { clerk: {} }
topics: { secrets-of-the-house: { partitions: 1 } }
`;

/** What the command line says when it can't or may not do anything: one line that names what, why and what to look at. */
export function refusals(cluster: () => LocalCluster): void {
  describe('the command line', () => {
    let ca = '';
    let clusterId = '';
    beforeAll(async () => {
      ca = (await cluster().pemOf('convergence')).ca;
      const admin = clientFor({ bootstrapServers: cluster().bootstrap('BESIDE').split(',') });
      clusterId = (await admin.cluster()).clusterId;
      await admin.upsertScramUsers([{ user: 'clerk', mechanism: 'SCRAM-SHA-512', iterations: 4096, password }]);
      await admin.close();
    });
    afterAll(async () => {
      const admin = clientFor({ bootstrapServers: cluster().bootstrap('BESIDE').split(',') });
      await admin.deleteScramUsers([{ user: 'clerk', mechanism: 'SCRAM-SHA-512' }]);
      await admin.close();
    });

    const said = async (words: readonly string[], { id = clusterId, secret = password } = {}) => {
      const files = { 'environments/test/here.yaml': environment(id), 'keys/ca.crt': ca, 'keys/clerk-password': secret };
      // No more patience than it takes to be told.
      const reach = async (connection: Parameters<typeof clientFor>[0]) => {
        const quick = { ...connection, connectTimeoutMs: 1_000 };
        return { admin: clientFor(quick), log: recordLogFor(quick) };
      };
      const keys = ['--certificate-dir', 'keys', '--secrets-dir', 'keys'];
      const results = [];
      for (const command of ['plan', 'drift', 'apply']) {
        const { code, out, err } = await rehearse({ files, reach }, command, 'test/here', ...keys, ...words);
        expect({ command, code, out }).toEqual({ command, code: 1, out: '' });
        expect(err).not.toContain(secret);
        results.push(err);
      }
      const [first = ''] = results;
      expect(new Set(results)).toEqual(new Set([first]));
      expect(first.split('\n').length).toBe(2);
      return first;
    };
    const asClerk = () => ['--listener', 'CLIENT', '--user', 'clerk', '--bootstrap-server', cluster().bootstrap('CLIENT')];
    const beside = () => ['--listener', 'BESIDE', '--bootstrap-server', cluster().bootstrap('BESIDE')];

    it('says that the password is wrong, and what to look at', async () => {
      expect(await said(asClerk(), { secret: 'a-guess-that-is-wrong' })).toMatch(
        /^error: 127\.0\.0\.1:\d+.*: 127\.0\.0\.1:\d+ refused the user or the password: .+; look at --listener, --user, its secret and the certificates \[cluster\/authentication-failed\]\n$/,
      );
    });

    it('says that the account may not, and who may', async () => {
      expect(await said(asClerk())).toMatch(
        /^error: .*: .*_kafkon.*not authorized for the topic; log in as a super user, or as one who was granted as much \[cluster\/not-authorized\]\n$/,
      );
    });

    it('says that this is another cluster, and changes nothing there', async () => {
      const other = 'AAAAAAAAAAAAAAAAAAAAAA';
      expect(await said(beside(), { id: other })).toBe(
        `error: this is the cluster ${clusterId}, and the environment is pinned to ${other}; look at the address, or pin it anew [converge/wrong-cluster]\n`,
      );
    });

    it('says that nobody answers', async () => {
      const [port] = await freePorts(1);
      expect(await said(['--listener', 'BESIDE', '--bootstrap-server', `127.0.0.1:${port}`])).toMatch(
        /^error: (127\.0\.0\.1:\d+): no broker answers at \1: .+; look at the address, and whether the brokers run \[cluster\/unreachable\]\n$/,
      );
    });
  });
}
