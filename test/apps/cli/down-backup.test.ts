import { describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../../lib/docker';
import { environmentLoader, memoryFileSystem } from '../../../lib/environment';
import { ClusterFailure, MemoryCluster } from '../../../lib/kafka';
import { readStack } from '../../../lib/lifecycle';
import { exported, type FakeHost, fakeHost } from '../../support/docker/fake-ports';
import { orders, rehearse } from './rehearsal';

const published = orders.replace(
  'security: plaintext }',
  'security: plaintext }\n  - { name: HOST, port: 19092, security: plaintext, scope: external }',
);

function upHost(text: string): { readonly host: FakeHost; readonly files: Readonly<Record<string, string>> } {
  const files = { 'environments/orders/development.yaml': text };
  const { environment } = environmentLoader(memoryFileSystem(files)).load('orders/development');
  if (environment === undefined) throw new Error('the environment has problems');
  const host = fakeHost(readStack(terraformOf(environment).get('cdk.tf.json') ?? '', '/project/dist/docker/orders/development'));
  host.metrics.set('kafka-0', exported({ controller: true }));
  return { host, files };
}

const cluster = () => new MemoryCluster({ clusterId: 'BwcHBwcHBwcHBwcHBwcHBw', brokers: [{ id: 0 }], authorizer: false });
const down = ['down', 'orders/development', '--volumes', '--yes'] as const;

describe('kafkon down --backup', () => {
  it('backs up what the cluster knows, and then takes it away', async () => {
    const { host, files } = upHost(published);
    await rehearse({ files, docker: host, cluster: cluster() }, 'up', 'orders/development');
    host.done.length = 0;
    const backups = new Map<string, string>();
    const { code, err } = await rehearse({ files, docker: host, cluster: cluster(), backups }, ...down, '--backup', 'kept');
    expect(code).toBe(0);
    expect(err).toContain('orders/development is backed up in kept/orders-2026-11-21T12-00-00Z.json\n');
    expect([...backups.keys()]).toEqual(['kept/orders-2026-11-21T12-00-00Z.json']);
    expect(host.done.slice(0, 3)).toEqual(['stop kafka-0', 'destroy', 'forget volumes']);
  });

  it.each([
    {
      title: 'where nobody answers',
      text: published,
      before: () => {
        throw new ClusterFailure('unreachable', 'no broker answers');
      },
      reason: 'error: localhost:19092: no broker answers; look at the address, and whether the brokers run [cluster/unreachable]\n',
    },
    {
      title: 'where no listener is published',
      text: orders,
      before: () => undefined,
      reason: 'error: no published listener lets the backup in; publish one with security mtls [backup/no-listener]\n',
    },
  ])('takes nothing away $title', async ({ text, before, reason }) => {
    const { host, files } = upHost(text);
    await rehearse({ files, docker: host, cluster: cluster() }, 'up', 'orders/development');
    host.done.length = 0;
    const silent = new MemoryCluster({ before });
    const { code, err } = await rehearse({ files, docker: host, cluster: silent }, ...down, '--backup');
    expect(code).toBe(1);
    expect(err).toContain(reason);
    expect(err).toContain('orders/development was not backed up, and nothing of it was taken away; start it, or leave --backup out\n');
    expect(host.done).toEqual([]);
  });
});
