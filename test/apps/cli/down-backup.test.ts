import { describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../../lib/docker';
import { environmentLoader, memoryFileSystem } from '../../../lib/environment';
import { ClusterFailure, MemoryCluster } from '../../../lib/kafka';
import { readStack } from '../../../lib/lifecycle';
import { exported, type FakeHost, fakeHost } from '../../support/docker/fake-ports';
import { memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
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

describe('kafkon down --backup on Kubernetes', () => {
  const files = { 'environments/orders/development.yaml': orders };
  const onKubernetes = ['--platform', 'kubernetes'] as const;

  async function upCluster() {
    const twin = memoryKubernetes();
    await rehearse({ files, kubernetes: twin }, 'up', 'orders/development', ...onKubernetes);
    twin.done.length = 0;
    const commands: (readonly string[])[] = [];
    return { twin, commands };
  }

  async function madeBackup(): Promise<string> {
    const backups = new Map<string, string>();
    const words = ['--metadata', '--listener', 'INTERNAL', '--bootstrap-server', 'kafka-0:9092'];
    await rehearse({ files, cluster: cluster(), backups }, 'backup', 'create', 'orders/development', ...words);
    return [...backups.values()].join('');
  }

  it('has a pod inside make it, keeps it here, and then takes all away', async () => {
    const { twin, commands } = await upCluster();
    const text = await madeBackup();
    twin.run = (pod, command) => {
      commands.push([pod, ...command]);
      return { code: 0, output: command[0] === 'cat' ? text : '' };
    };
    const backups = new Map<string, string>();
    const { code, err } = await rehearse({ files, kubernetes: twin, backups }, ...down, '--backup=kept', ...onKubernetes);
    expect([code, err]).toEqual([0, expect.stringContaining('orders/development is backed up in kept/orders-2026-11-21T12-00-00Z.json\n')]);
    expect([...backups.values()]).toEqual([text]);
    expect(commands[0]?.slice(0, 6)).toEqual(['kafkon-backup-07070707', 'kafkon', 'backup', 'create', '--metadata', '--desired']);
    expect(commands[0]).toEqual(expect.arrayContaining(['--bootstrap-server', '--out']));
    expect(twin.done[0]).toBe('remove Pod kafkon-backup-07070707 in 1 s');
    expect(twin.all('StatefulSet')).toEqual([]);
  });

  it.each([
    { title: 'where it cannot be made', answer: { code: 1, output: 'error: no broker answers' }, reason: 'was not made: error: no broker' },
    { title: 'where half of it came', answer: { code: 0, output: '{\n"formatVersion": 1' }, reason: 'the checksum at the end is not that' },
  ])('takes nothing away $title', async ({ answer, reason }) => {
    const { twin } = await upCluster();
    twin.run = () => answer;
    const backups = new Map<string, string>();
    const { code, err } = await rehearse({ files, kubernetes: twin, backups }, ...down, '--backup', ...onKubernetes);
    expect([code, err]).toEqual([1, expect.stringContaining(reason)]);
    expect(err).toContain('orders/development was not backed up, and nothing of it was taken away');
    expect([backups.size, twin.done]).toEqual([0, ['remove Pod kafkon-backup-07070707 in 1 s']]);
  });

  it('takes nothing away where the pod does not come up', async () => {
    const { twin } = await upCluster();
    twin.statuses.set('kafkon-backup-07070707', { phase: 'Pending' });
    const { code, err } = await rehearse({ files, kubernetes: twin }, ...down, '--backup', ...onKubernetes);
    expect([code, err]).toEqual([1, expect.stringContaining('does not come up: waits for a machine [kubernetes/no-backup]')]);
    expect(twin.all('StatefulSet').length).toBeGreaterThan(0);
  });
});
