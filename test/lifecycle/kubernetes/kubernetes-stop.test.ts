import { describe, expect, it } from '@jest/globals';
import { downOnKubernetes, startOnKubernetes, stopOnKubernetes, surveyKubernetes, upOnKubernetes } from '../../../lib/lifecycle';
import { exported } from '../../support/docker/fake-ports';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { onKubernetes } from '../../support/kubernetes/small-environment';
import { combinedPool } from '../../support/runtime/environment';

const { environment, stack } = onKubernetes();
const scales = ({ done }: MemoryKubernetes) => done.filter((each) => each.startsWith('scale'));

async function running(): Promise<MemoryKubernetes> {
  const twin = memoryKubernetes();
  const survey = await surveyKubernetes(twin.cluster, stack);
  await upOnKubernetes(twin, stack, survey, { takeOver: false, timeoutSeconds: 30, leaving: [], occasion: '' }, () => {});
  for (const id of [1, 2, 3]) twin.answers.set(`kafka-kafka-${id}`, exported({ controller: id === 1 }));
  twin.done.length = 0;
  return twin;
}

const stop = (twin: MemoryKubernetes, lines: string[] = []) =>
  stopOnKubernetes(twin, stack, environment, 'noon', (line) => lines.push(line));
const start = (twin: MemoryKubernetes, lines: string[] = []) => startOnKubernetes(twin, stack, 30, (line) => lines.push(line));
const down = (twin: MemoryKubernetes, change: { force?: boolean; volumes?: boolean } = {}, lines: string[] = []) =>
  downOnKubernetes(twin, stack, environment, { force: false, volumes: false, occasion: 'noon', ...change }, (line) => lines.push(line));

describe('a stop on Kubernetes', () => {
  it('goes from the top down, keeps claims and remembers how many pods there were', async () => {
    const twin = await running();
    const claims = twin.all('PersistentVolumeClaim').length;
    const lines: string[] = [];
    await stop(twin, lines);
    expect(lines).toEqual([
      'kafka-ui stops',
      'kafka-3 stops',
      'kafka-2 stops',
      'kafka-1 stops',
      'zookeeper-3 stops',
      'zookeeper-2 stops',
      'zookeeper-1 stops',
    ]);
    expect(twin.all('Pod')).toEqual([]);
    expect(twin.all('PersistentVolumeClaim')).toHaveLength(claims);
    expect(twin.get('StatefulSet', 'kafka-kafka')?.metadata.annotations).toMatchObject({
      'kafkon.dev/stopped-replicas': '3',
      'kafkon.dev/confirm-scale-in': '1->0 noon',
    });
  });

  it('that was broken off goes on, and still remembers all', async () => {
    const twin = await running();
    const reference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'kafka-kafka', namespace: 'orders' };
    await twin.cluster.scale(reference, { replicas: 1, annotations: { 'kafkon.dev/stopped-replicas': '3' } });
    await stop(twin);
    expect(twin.get('StatefulSet', 'kafka-kafka')?.metadata.annotations?.['kafkon.dev/stopped-replicas']).toBe('3');
  });

  it('has nothing to do where nothing runs', async () => {
    const twin = await running();
    await stop(twin);
    twin.done.length = 0;
    await stop(twin);
    expect(twin.done).toEqual([]);
  });
});

describe('a stop of nodes that are broker and controller', () => {
  const combined = onKubernetes({
    name: 'orders',
    kind: 'development',
    kafka: { version: '4.3.1' },
    metadata: { mode: 'kraft' },
    nodePools: [{ ...combinedPool, roles: [...combinedPool.roles] }],
    listeners: [{ name: 'INTERNAL', port: 29_092, security: 'plaintext' }],
  });

  /** A cluster whose pods `lingering` stay when they are told to go, and say of themselves what `why` has. */
  async function lingeringCluster(lingering: readonly string[], why: ReadonlyMap<string, string>) {
    const twin = memoryKubernetes();
    const survey = await surveyKubernetes(twin.cluster, combined.stack);
    await upOnKubernetes(twin, combined.stack, survey, { takeOver: false, timeoutSeconds: 30, leaving: [], occasion: '' }, () => {});
    for (const name of lingering) twin.lingering.add(name);
    const ask: typeof twin.cluster.ask = async (_, pod, __, path) => (path === '/why' ? why.get(pod) : undefined);
    twin.done.length = 0;
    const lines: string[] = [];
    const stopping = () =>
      stopOnKubernetes({ ...twin, cluster: { ...twin.cluster, ask } }, combined.stack, combined.environment, 'noon', (line) =>
        lines.push(line),
      );
    return { twin, lines, stopping };
  }

  it('kills the one to whom no controller can give leave any more, and does not wait for it', async () => {
    const why = new Map([['kafka-node-2', 'the broker is handing over its partitions\n']]);
    const { twin, lines, stopping } = await lingeringCluster(['kafka-node-2'], why);
    await stopping();
    expect(lines).toEqual(['kafka-3 stops', 'kafka-1, kafka-2 stop', expect.stringMatching(/^kafka-2 is killed: no controller is left/)]);
    expect(twin.done.at(-1)).toBe('remove Pod kafka-node-2 in 1 s');
    expect(twin.host.clock()).toBeLessThan(10_000);
  });

  it('leaves alone one that closes its files, and one that others can still let go', async () => {
    const why = new Map([
      ['kafka-node-2', 'the broker is shutting down'],
      ['kafka-node-3', 'the broker is handing over its partitions'],
    ]);
    const first = await lingeringCluster(['kafka-node-3'], why);
    await expect(first.stopping()).rejects.toThrow('kafka-3 has not stopped');
    expect(first.twin.done.filter((each) => each.startsWith('remove'))).toEqual([]);
    const last = await lingeringCluster(['kafka-node-2'], why);
    await expect(last.stopping()).rejects.toThrow('kafka-2 has not stopped');
    expect(last.twin.done.filter((each) => each.startsWith('remove'))).toEqual([]);
  });
});

describe('a start on Kubernetes', () => {
  it('goes from the bottom up, each layer when the one below it is ready', async () => {
    const twin = await running();
    await stop(twin);
    twin.done.length = 0;
    const lines: string[] = [];
    await start(twin, lines);
    expect(scales(twin)).toEqual(['scale zookeeper 3', 'scale kafka-kafka 3', 'scale kafka-ui 1']);
    expect(lines.indexOf('zookeeper-3 is ready (0 s)')).toBeLessThan(lines.indexOf('kafka (kafka-kafka) starts'));
    expect(twin.get('StatefulSet', 'kafka-kafka')?.metadata.annotations).not.toHaveProperty(['kafkon.dev/stopped-replicas']);
  });

  it('leaves alone what runs, and refuses where nothing is there', async () => {
    const twin = await running();
    await start(twin);
    expect(twin.done).toEqual([]);
    await expect(start(memoryKubernetes())).rejects.toThrow('orders is not up');
  });
});

describe('down on Kubernetes', () => {
  const foreign = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign', namespace: 'orders' } };

  it('removes what bears the label of the environment, and keeps data, Secrets and the namespace', async () => {
    const twin = await running();
    twin.put(foreign);
    twin.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'kafka-secrets', namespace: 'orders', labels: stackLabels } });
    await down(twin);
    for (const kind of ['StatefulSet', 'Deployment', 'Service', 'Pod', 'NetworkPolicy', 'ValidatingAdmissionPolicy'])
      expect(twin.all(kind)).toEqual([]);
    expect(twin.all('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['foreign']);
    expect(twin.all('PersistentVolumeClaim').length).toBeGreaterThan(0);
    expect(twin.get('Secret', 'kafka-secrets')).toBeDefined();
    expect(twin.get('Namespace', 'orders')).toBeDefined();
  });

  it('removes the data and a namespace that kafkon made where it is told to', async () => {
    const twin = await running();
    await down(twin, { volumes: true });
    expect(twin.all('PersistentVolumeClaim')).toEqual([]);
    expect(twin.get('Namespace', 'orders')).toBeUndefined();
  });

  it('leaves a namespace in which somebody else has something', async () => {
    const twin = await running();
    twin.put(foreign);
    const claim = { name: 'data-theirs-0', namespace: 'orders', labels: { 'app.kubernetes.io/instance': 'orders' } };
    twin.put({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: claim });
    const lines: string[] = [];
    await down(twin, { volumes: true }, lines);
    expect(lines.at(-1)).toBe('the namespace orders stays: ConfigMap foreign is not of orders');
    expect(twin.all('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual(['data-theirs-0']);
  });

  it('stops nothing in order when it is forced, and kills the pods before they begin to stop', async () => {
    const twin = await running();
    await down(twin, { force: true });
    expect(scales(twin)).toEqual([]);
    expect(twin.all('Pod')).toEqual([]);
    const nodes = twin.done.filter((each) => / (StatefulSet|Pod) /.test(each));
    expect(nodes).toEqual([
      'remove StatefulSet kafka-kafka, not its pods',
      'remove StatefulSet zookeeper, not its pods',
      ...[1, 2, 3].map((id) => `remove Pod kafka-kafka-${id} in 1 s`),
      ...[1, 2, 3].map((id) => `remove Pod zookeeper-${id} in 1 s`),
    ]);
  });

  it('removes the pods that a forced one left to nobody when it was broken off', async () => {
    const twin = await running();
    const set = (name: string) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', name, namespace: 'orders' });
    await twin.cluster.remove([set('kafka-kafka')], { orphan: true });
    expect(twin.all('Pod').map(({ metadata }) => metadata.name)).toContain('kafka-kafka-1');
    await down(twin);
    expect(twin.all('Pod')).toEqual([]);
  });

  it('is done where there is no namespace', async () => {
    await down(memoryKubernetes());
  });
});

const stackLabels = { 'app.kubernetes.io/managed-by': 'kafkon', 'kafkon.dev/environment': 'orders' };
