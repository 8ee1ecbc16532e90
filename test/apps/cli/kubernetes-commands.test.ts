import { beforeEach, describe, expect, it } from '@jest/globals';
import { exported } from '../../support/docker/fake-ports';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { orders, rehearse } from './rehearsal';

const file = 'environments/orders/development.yaml';
const onKubernetes = ['--platform', 'kubernetes'] as const;
const withText = (twin: MemoryKubernetes, text: string, ...words: readonly string[]) =>
  rehearse({ files: { [file]: text }, kubernetes: twin }, ...words, ...onKubernetes);
const secured = orders.replaceAll('security: plaintext', 'security: scram').concat('serviceAccounts: { shop: {} }\n');

describe('the life cycle on Kubernetes', () => {
  let twin: MemoryKubernetes;
  const run = (...words: readonly string[]) => withText(twin, orders, ...words);

  beforeEach(async () => {
    twin = memoryKubernetes();
    const { code, err } = await run('up', 'orders/development');
    expect([code, err]).toEqual([0, expect.stringMatching(/applied: \d+ made/)]);
    twin.answers.set('kafka-node-0', exported({ controller: true }));
    for (const { metadata } of twin.all('Pod')) twin.answers.set(metadata.name, exported({ controller: true }));
    twin.done.length = 0;
  });

  it('writes the manifests, as synth does, and prints where everything is', async () => {
    const { out, written } = await run('up', 'orders/development');
    expect(out).toContain('kafka.orders.svc.cluster.local');
    expect([...written.keys()].some((path) => path.startsWith('dist/kubernetes/orders/development/'))).toBe(true);
    const { bootstrap } = JSON.parse((await run('up', 'orders/development', '-o', 'json')).out) as { bootstrap: { audience: string }[] };
    expect(bootstrap[0]?.audience).toBe('pods');
  });

  it('leaves topics alone where it is told to', async () => {
    const fresh = memoryKubernetes();
    await withText(fresh, orders, 'up', 'orders/development', '--no-topics');
    expect(fresh.all('Job')).toEqual([]);
  });

  it('shows every pod, what has not been applied and what has not been restarted', async () => {
    expect((await run('status', 'orders/development')).out).toMatch(
      /^orders\/development is up\nSERVICE +POD .*\nkafka-0 +kafka\S*-0 +Running +yes /,
    );
    const changed = orders.replace("version: '3.9.2'", "version: '3.9.2'\n  config: { num.io.threads: 3 }");
    expect((await withText(twin, changed, 'status', 'orders/development')).out).toMatch(/ up$/m);
    expect((await withText(twin, changed, 'up', 'orders/development')).err).toContain('kafka-0 runs as before');
    const { out } = await withText(twin, changed, 'status', 'orders/development', '-o', 'json');
    const { pods } = JSON.parse(out) as { pods: { service: string; restartPending: boolean; upPending: boolean }[] };
    expect(pods).toEqual([expect.objectContaining({ service: 'kafka-0', restartPending: true, upPending: false })]);
    expect((await withText(twin, changed, 'brokers', 'orders/development', 'roll')).out).toBe('1 restarted\n');
    expect((await withText(twin, changed, 'brokers', 'orders/development', 'roll')).out).toContain('no node has changed');
  });

  it('shows under the table what keeps a pod, with the warning and the error that say why', async () => {
    const [pod] = twin.all('Pod').map(({ metadata }) => metadata.name);
    const name = pod ?? '';
    twin.statuses.set(name, { phase: 'Pending', containerStatuses: [] });
    twin.put({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'event', namespace: 'orders' },
      ...{ type: 'Warning', reason: 'FailedMount', message: 'secret "kafka-secrets" not found', involvedObject: { name } },
    });
    twin.logs.set(name, ['[12:00] ERROR it fails', '[12:01] INFO it goes on']);
    const { out } = await run('status', 'orders/development');
    expect(out).toContain('kafka-0: is being made; FailedMount: secret "kafka-secrets" not found; its log says: [12:00] ERROR it fails\n');
  });

  it('stops, starts and restarts', async () => {
    expect((await run('stop', 'orders/development')).out).toBe('orders/development is stopped\n');
    expect((await run('status', 'orders/development')).out).toMatch(/is down\n.*\nkafka +kafka\S* +stopped +no /);
    expect((await run('start', 'orders/development')).out).toBe('orders/development is started\n');
    expect((await run('restart', 'orders/development')).code).toBe(0);
    expect((await run('status', 'orders/development')).out).toContain('is up');
  });

  it('prints the logs of one service, or of all', async () => {
    expect((await run('logs', 'orders/development', 'kafka-0')).out).toMatch(/^kafka\S*-0 says hello\n$/);
    expect((await run('logs', 'orders/development')).out).toMatch(/^kafka-0 \| kafka\S*-0 says hello\n$/);
    const { code, err } = await run('logs', 'orders/development', 'kafka-7');
    expect([code, err]).toEqual([2, expect.stringContaining('has no service kafka-7; it has kafka-0')]);
  });

  it('takes away what belongs to the environment, data only with leave', async () => {
    expect((await run('down', 'orders/development')).out).toContain('its data is kept');
    expect(twin.all('PersistentVolumeClaim')).toHaveLength(1);
    const refused = await run('down', 'orders/development', '--volumes');
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('give --yes')]);
    expect((await run('down', 'orders/development', '--volumes', '--yes')).out).toContain('its data is gone');
    expect(twin.all('PersistentVolumeClaim')).toEqual([]);
    expect(twin.get('Namespace', 'orders')).toBeUndefined();
    expect((await run('logs', 'orders/development')).code).toBe(1);
  });

  it('begins with empty volumes where it is told to', async () => {
    const claim = twin.all('PersistentVolumeClaim')[0]?.metadata.uid;
    expect((await run('up', 'orders/development', '--clean', '--yes')).code).toBe(0);
    expect(twin.all('PersistentVolumeClaim')[0]?.metadata.uid).not.toBe(claim);
  });

  it('stands in another namespace as one more copy', async () => {
    expect((await run('up', 'orders/development', '--namespace', 'second')).code).toBe(0);
    expect(twin.all('Pod').map(({ metadata }) => metadata.namespace)).toEqual(['orders', 'second']);
    await run('down', 'orders/development', '--namespace', 'second', '--volumes', '--yes');
    expect(twin.all('Pod').map(({ metadata }) => metadata.namespace)).toEqual(['orders']);
    expect(twin.all('ValidatingAdmissionPolicy')).toHaveLength(1);
  });

  it('is listed, and a platform that does not answer is only told of', async () => {
    const stage = { files: { [file]: orders }, kubernetes: twin };
    const { code, out, err } = await rehearse(stage, 'list');
    expect(out.split('\n').map((line) => line.split(/ {2,}/).join(' | '))).toEqual([
      'ENVIRONMENT | CLUSTER | PLATFORM | STANDING | CONTAINERS',
      'orders/development | orders | kubernetes/orders | up | 1',
      '',
    ]);
    expect([code, err]).toEqual([0, expect.stringContaining('no Docker Engine answers')]);
    expect((await rehearse({ files: stage.files }, 'list')).code).toBe(1);
  });
});

describe('what is wrong', () => {
  it('is told before anything is made', async () => {
    const twin = memoryKubernetes();
    const { code, err } = await withText(twin, secured, 'up', 'orders/development');
    expect([code, err]).toEqual([1, expect.stringContaining('there is no Secret kafka-secrets with ')]);
    expect(twin.done).toEqual([]);
    expect((await rehearse({ files: { [file]: orders } }, 'up', 'orders/development', ...onKubernetes)).err).toContain(
      'no API server answers',
    );
  });

  it('is an option of the other platform', async () => {
    const { code, err } = await withText(memoryKubernetes(), orders, 'up', 'orders/development', '--project-name', 'x');
    expect([code, err]).toEqual([2, 'error: --project-name is for docker, and this is for kubernetes\n']);
    const docker = await rehearse({ files: { [file]: orders } }, 'status', 'orders/development', '--context', 'x');
    expect([docker.code, docker.err]).toEqual([2, 'error: --context is for kubernetes, and this is for docker\n']);
  });
});

describe('secrets init on Kubernetes', () => {
  it('puts what pods need into the cluster, once, and into no manifest', async () => {
    const twin = memoryKubernetes();
    const first = await withText(twin, secured, 'secrets', 'orders/development', 'init', '--certificates');
    expect(first.out).toContain('kafka-secrets/shop-password');
    expect(Object.keys((twin.get('Secret', 'kafka-broker-cert') as unknown as { data: object }).data).sort()).toEqual([
      'ca.crt',
      'keystore.p12',
      'tls.crt',
      'tls.key',
      'truststore.p12',
    ]);
    const password = first.written.get('/project/dist/docker/orders/development/secrets/shop-password') ?? '';
    expect(password.length).toBeGreaterThan(10);
    const up = await withText(twin, secured, 'up', 'orders/development');
    expect(up.code).toBe(0);
    expect([...up.written.values(), up.out, up.err].join('\n')).not.toContain(password);
    const again = await withText(twin, secured, 'secrets', 'orders/development', 'init', '--certificates');
    expect(again.out).toContain('0 keys of Secrets put there');
    // Keys and stores of certificates are made twice.
  }, 60_000);

  it('leaves certificates to cert-manager where it is there', async () => {
    const twin = memoryKubernetes();
    await withText(twin, secured, 'secrets', 'orders/development', 'init');
    expect(twin.all('Secret').map(({ metadata }) => metadata.name)).toEqual(['kafka-secrets']);
  });
});
