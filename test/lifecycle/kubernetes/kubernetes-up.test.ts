import { describe, expect, it } from '@jest/globals';
import {
  type BroughtUp,
  type KubernetesStack,
  leavingNodes,
  scaleInProblems,
  surveyKubernetes,
  upOnKubernetes,
  withoutJobs,
} from '../../../lib/lifecycle';
import { exported } from '../../support/docker/fake-ports';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { onKubernetes, smallEnvironment } from '../../support/kubernetes/small-environment';
import { brokerPool } from '../../support/runtime/environment';

const small = onKubernetes();
const withBrokers = (...ids: readonly number[]) => onKubernetes({ ...smallEnvironment, nodePools: [{ ...brokerPool, ids: [...ids] }] });
const changed = onKubernetes({ ...smallEnvironment, kafka: { version: '3.9.2', config: { 'num.io.threads': 3 } } });

async function up(
  twin: MemoryKubernetes,
  stack: KubernetesStack,
  lines: string[] = [],
  { takeOver = false, timeoutSeconds = 30 } = {},
): Promise<BroughtUp> {
  const survey = await surveyKubernetes(twin.cluster, stack);
  const leaving = leavingNodes(stack, survey.live);
  return upOnKubernetes(twin, stack, survey, { takeOver, timeoutSeconds, leaving, occasion: 'test' }, (line) => lines.push(line));
}

async function running(stack: KubernetesStack = small.stack): Promise<MemoryKubernetes> {
  const twin = memoryKubernetes();
  await up(twin, stack);
  twin.done.length = 0;
  return twin;
}

describe('up on Kubernetes', () => {
  it('applies everything, waits for every pod and for the Job', async () => {
    const twin = memoryKubernetes();
    const lines: string[] = [];
    expect(await up(twin, small.stack, lines)).toEqual({ restartPending: [] });
    expect(lines[0]).toMatch(/^applied: \d+ made$/);
    expect(lines).toEqual(expect.arrayContaining(['kafka-1 is ready (0 s)', 'zookeeper-3 is ready (0 s)', 'kafka-ui is ready (0 s)']));
    expect(lines.at(-1)).toMatch(/^kafka-converge-\w+ is done/);
    expect(twin.get('Namespace', 'orders')?.metadata.annotations).toMatchObject({ 'kafkon.dev/namespace-made': 'true' });
  });

  it('changes nothing when it is given again', async () => {
    const twin = await running();
    const before = twin.all('StatefulSet').map(({ metadata }) => metadata.resourceVersion);
    const lines: string[] = [];
    await up(twin, small.stack, lines);
    expect(lines[0]).toMatch(/^applied: \d+ as they were$/);
    expect(twin.all('StatefulSet').map(({ metadata }) => metadata.resourceVersion)).toEqual(before);
  });

  it('rolls nothing for one topic more, and makes another Job beside the first', async () => {
    const twin = await running();
    const pods = () => twin.all('Pod').map(({ metadata }) => metadata.uid);
    const before = pods();
    const more = onKubernetes({ ...smallEnvironment, topics: { orders: {}, returns: {} } });
    expect(await up(twin, more.stack)).toEqual({ restartPending: [] });
    expect(pods()).toEqual(before);
    expect(twin.all('Job')).toHaveLength(2);
  });

  it('leaves nodes that have changed as they run, and names them', async () => {
    const twin = await running();
    expect((await up(twin, changed.stack)).restartPending).toEqual(['kafka-1', 'kafka-2', 'kafka-3']);
    expect(twin.done.filter((each) => each.startsWith('evict'))).toEqual([]);
  });

  it('starts what is stopped, and meets no owner of the number of pods', async () => {
    const twin = await running();
    const reference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'kafka-kafka', namespace: 'orders' };
    await twin.cluster.scale(reference, { replicas: 0, annotations: { 'kafkon.dev/stopped-replicas': '3' } });
    await up(twin, withBrokers(1, 2, 3, 4).stack);
    const set = twin.get('StatefulSet', 'kafka-kafka');
    expect(set?.spec).toMatchObject({ replicas: 4 });
    expect(set?.metadata.annotations ?? {}).not.toHaveProperty(['kafkon.dev/stopped-replicas']);
  });

  it('removes what is declared no more, and nothing of anybody else', async () => {
    const twin = await running();
    const strange = { name: 'strange', namespace: 'orders', labels: { 'app.kubernetes.io/managed-by': 'somebody' } };
    twin.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: strange });
    const lines: string[] = [];
    await up(twin, onKubernetes({ ...smallEnvironment, companions: {} }).stack, lines);
    expect(lines).toContain('Deployment kafka-ui is removed, which nothing declares any more');
    expect(twin.get('Deployment', 'kafka-ui')).toBeUndefined();
    expect(twin.get('ConfigMap', 'strange')).toBeDefined();
    expect(twin.all('PersistentVolumeClaim').length).toBeGreaterThan(0);
  });

  it('is refused, before anything is changed, where somebody else has set a field', async () => {
    const twin = await running();
    const service = twin.get('Service', 'kafka');
    if (service === undefined) throw new Error('no Service');
    const labels = { ...service.metadata.labels, 'kafkon.dev/environment': 'orders', 'app.kubernetes.io/part-of': 'theirs' };
    twin.applyAs('somebody', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'kafka', namespace: 'orders', labels } });
    await expect(up(twin, changed.stack)).rejects.toThrow(
      /Service kafka: "somebody" has set \.metadata\.labels\.app\.kubernetes\.io\/part-of/,
    );
    expect(twin.done).toEqual([]);
    await up(twin, changed.stack, [], { takeOver: true });
    expect(twin.get('Service', 'kafka')?.metadata.labels?.['app.kubernetes.io/part-of']).toBe('kafka');
  });

  it('leaves the Job out where it is told to', async () => {
    const twin = memoryKubernetes();
    await up(twin, withoutJobs(small.stack));
    expect(twin.all('Job')).toEqual([]);
  });
});

describe('a pod that does not come up', () => {
  const waiting = (reason: string, message: string, restartCount = 0) => ({
    phase: 'Pending',
    containerStatuses: [{ name: 'kafka', ready: false, restartCount, state: { waiting: { reason, message } } }],
  });

  it('ends the wait with its reason and the last lines of its log', async () => {
    const twin = memoryKubernetes();
    twin.statuses.set('kafka-kafka-2', waiting('ImagePullBackOff', 'no such image'));
    const lines: string[] = [];
    await expect(up(twin, small.stack, lines)).rejects.toThrow(
      'kafka-2 is not ready after 30 s: its image cannot be had (ImagePullBackOff): no such image',
    );
    expect(lines).toEqual(expect.arrayContaining(['the last lines of kafka-2:', '    kafka-kafka-2 says hello']));
  });

  it('ends the wait with what Kubernetes warns of and the error in its log, where it runs and is not ready', async () => {
    const twin = memoryKubernetes();
    const status = { phase: 'Running', containerStatuses: [{ name: 'kafka', ready: false, restartCount: 0, state: { running: {} } }] };
    twin.statuses.set('kafka-kafka-2', status);
    twin.logs.set('kafka-kafka-2', ['ERROR it fails', 'Caused by: javax.net.ssl.SSLHandshakeException: no name', 'INFO goes on']);
    await expect(up(twin, small.stack)).rejects.toThrow(
      'kafka-2 is not ready after 30 s: runs and is not ready yet; its log says: ERROR it fails; javax.net.ssl.SSLHandshakeException: no name',
    );
  });

  it('ends the wait with what its process ended with before, where it has been started again', async () => {
    const twin = memoryKubernetes();
    const running = { name: 'kafka', ready: false, restartCount: 2, state: { running: {} } };
    twin.statuses.set('kafka-kafka-2', { phase: 'Running', containerStatuses: [running] });
    const logs: typeof twin.cluster.logs = async (_, __, { previous }, line) =>
      line(previous === true ? 'java.io.IOException: no space' : 'INFO starts');
    await expect(up({ ...twin, cluster: { ...twin.cluster, logs } }, small.stack)).rejects.toThrow(
      'kafka-2 is not ready after 30 s: runs and is not ready yet; its log says: java.io.IOException: no space',
    );
  });

  it('ends the wait with what the node says of itself, where it answers', async () => {
    const twin = memoryKubernetes();
    const status = { phase: 'Running', containerStatuses: [{ name: 'kafka', ready: false, restartCount: 0, state: { running: {} } }] };
    twin.statuses.set('kafka-kafka-2', status);
    const asked: string[] = [];
    const ask: typeof twin.cluster.ask = async (_, pod, port, path) => {
      asked.push(`${pod}:${port}${path}`);
      return 'the broker is recovering its logs\n';
    };
    await expect(up({ ...twin, cluster: { ...twin.cluster, ask } }, small.stack)).rejects.toThrow(
      'kafka-2 is not ready after 30 s: runs and is not ready yet: the broker is recovering its logs',
    );
    expect(new Set(asked)).toEqual(new Set(['kafka-kafka-2:7072/why']));
  });

  it('is not waited for when it never can', async () => {
    const twin = memoryKubernetes();
    twin.statuses.set('kafka-kafka-2', waiting('ErrImageNeverPull', 'not here'));
    await expect(up(twin, small.stack)).rejects.toThrow('kafka-2 does not come up');
    expect(twin.host.clock()).toBe(0);
  });

  it('is made anew when what is applied now is something else', async () => {
    const twin = await running();
    twin.statuses.set('kafka-kafka-2', waiting('CrashLoopBackOff', 'it crashes'));
    const { cluster } = twin;
    const evict: typeof cluster.evict = (namespace, pod, uid) => {
      twin.statuses.delete(pod);
      return cluster.evict(namespace, pod, uid);
    };
    const lines: string[] = [];
    const mending = { ...twin, cluster: { ...cluster, evict } };
    expect((await up(mending, changed.stack, lines)).restartPending).toEqual(['kafka-1', 'kafka-3']);
    expect(lines).toContain('kafka-2 does not run, and is made anew from what is applied now');
    expect(twin.done.filter((each) => each.startsWith('evict'))).toEqual(['evict kafka-kafka-2']);
  });

  it('is told of once, whatever number stands in the reason', async () => {
    const twin = memoryKubernetes();
    const { pause } = twin.host;
    const message = () => `dial udp 10.0.0.1:${Math.round(twin.host.clock())}: no such image`;
    twin.statuses.set('kafka-kafka-2', waiting('ErrImagePull', message()));
    const host = {
      ...twin.host,
      pause: async (milliseconds: number) => {
        await pause(milliseconds);
        const reason = twin.host.clock() % 2000 === 0 ? 'ErrImagePull' : 'ImagePullBackOff';
        twin.statuses.set('kafka-kafka-2', waiting(reason, message()));
      },
    };
    const lines: string[] = [];
    await expect(up({ ...twin, host }, small.stack, lines)).rejects.toThrow('kafka-2 is not ready');
    expect(lines.filter((line) => line.startsWith('kafka-2: its image'))).toHaveLength(1);
  });

  it('is explained by what Kubernetes has to say of it', async () => {
    const twin = memoryKubernetes();
    twin.statuses.set('kafka-kafka-2', { phase: 'Pending', containerStatuses: [] });
    twin.put({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'event', namespace: 'orders' },
      ...{ type: 'Warning', reason: 'FailedMount', message: 'secret "kafka-secrets" not found', involvedObject: { name: 'kafka-kafka-2' } },
    });
    await expect(up(twin, small.stack)).rejects.toThrow('is being made; FailedMount: secret "kafka-secrets" not found');
  });
});

describe('brokers that the environment has no more', () => {
  const consent = { remove: [] as readonly string[], force: false };

  async function problems(twin: MemoryKubernetes, change: Partial<typeof consent> = {}): Promise<readonly string[]> {
    const { stack, environment } = withBrokers(1, 2, 3);
    const leaving = leavingNodes(stack, (await surveyKubernetes(twin.cluster, stack)).live);
    const found = await scaleInProblems(twin.cluster, stack, leaving, environment, { ...consent, ...change });
    return found.map(({ message }) => message);
  }

  it('may go when they say themselves that they are empty', async () => {
    const twin = await running(withBrokers(1, 2, 3, 4, 5).stack);
    for (const name of ['kafka-kafka-4', 'kafka-kafka-5']) twin.answers.set(name, exported({ replicas: 0 }));
    expect(await problems(twin)).toEqual([]);
    await up(twin, withBrokers(1, 2, 3).stack);
    const set = twin.get('StatefulSet', 'kafka-kafka');
    expect(set?.spec).toMatchObject({ replicas: 3 });
    expect(set?.metadata.annotations?.['kafkon.dev/confirm-scale-in']).toBe('5->3 test');
  });

  it('stay as long as they hold replicas, or do not tell', async () => {
    const twin = await running(withBrokers(1, 2, 3, 4, 5).stack);
    twin.answers.set('kafka-kafka-4', exported({ replicas: 7 }));
    expect(await problems(twin)).toEqual([
      expect.stringMatching(/^kafka-4 is no longer in the environment and holds 7 replicas; .*rebalance --empty 4,5/),
      expect.stringMatching(/^kafka-5 is no longer in the environment and does not tell whether it holds replicas/),
    ]);
    expect(await problems(twin, { remove: ['kafka-4', 'kafka-5'] })).toHaveLength(2);
    expect(await problems(twin, { remove: ['kafka-4', 'kafka-5'], force: true })).toEqual([]);
  });

  it('are missed while they are stopped, too', async () => {
    const twin = await running(withBrokers(1, 2, 3, 4).stack);
    const reference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'kafka-kafka', namespace: 'orders' };
    await twin.cluster.scale(reference, { replicas: 0, annotations: { 'kafkon.dev/stopped-replicas': '4' } });
    expect(await problems(twin)).toEqual([expect.stringContaining('kafka-4 is no longer in the environment')]);
  });

  it('need to be named where they keep the metadata', async () => {
    const twin = await running();
    const { stack, environment } = onKubernetes({ ...smallEnvironment, metadata: { mode: 'zookeeper', ensemble: fewer } });
    const leaving = leavingNodes(stack, (await surveyKubernetes(twin.cluster, stack)).live);
    expect(leaving.map(({ service }) => service)).toEqual(['zookeeper-2', 'zookeeper-3']);
    const check = (remove: readonly string[]) => scaleInProblems(twin.cluster, stack, leaving, environment, { remove, force: false });
    expect(await check([])).toHaveLength(2);
    expect(await check(['zookeeper-2', 'zookeeper-3'])).toEqual([]);
  });
});

const fewer = { ids: [1], memory: '192Mi', heap: '96Mi', disks: [{ name: 'data', size: '1Gi' }] };
