import { beforeEach, describe, expect, it } from '@jest/globals';
import { rollPods, surveyKubernetes, upOnKubernetes } from '../../../lib/lifecycle';
import { exported } from '../../support/docker/fake-ports';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { onKubernetes, smallEnvironment } from '../../support/kubernetes/small-environment';
import { brokerPool } from '../../support/runtime/environment';

/** Two pools, so that a roll has to go over both. */
const input: typeof smallEnvironment = {
  ...smallEnvironment,
  nodePools: [
    { ...brokerPool, name: 'a', ids: [1, 2] },
    { ...brokerPool, name: 'b', ids: [3] },
  ],
};
const { environment, stack } = onKubernetes(input);
const brokers = ['kafka-1', 'kafka-2', 'kafka-3'];
const pods = ['kafka-a-1', 'kafka-a-2', 'kafka-b-3'];

describe('a roll on Kubernetes', () => {
  let twin: MemoryKubernetes;
  const roll = (change: { services?: readonly string[]; force?: boolean } = {}, lines: string[] = [], of = environment) =>
    rollPods(twin, stack, of, { services: brokers, force: false, timeoutSeconds: 30, ...change }, (line) => lines.push(line));
  const evictions = () => twin.done.filter((each) => each.startsWith('evict'));

  beforeEach(async () => {
    twin = memoryKubernetes();
    const survey = await surveyKubernetes(twin.cluster, stack);
    await upOnKubernetes(twin, stack, survey, { takeOver: false, timeoutSeconds: 30, leaving: [], occasion: '' }, () => {});
    for (const pod of pods) twin.answers.set(pod, exported({ controller: pod === 'kafka-a-1' }));
    twin.done.length = 0;
  });

  it('evicts one pod after the other over all pools, the active controller last', async () => {
    const lines: string[] = [];
    await roll({}, lines);
    expect(evictions()).toEqual(['evict kafka-a-2', 'evict kafka-b-3', 'evict kafka-a-1']);
    expect(lines).toEqual([
      'kafka-2 restarts, 2 to go',
      'kafka-2 is ready (0 s)',
      'kafka-3 restarts, 1 to go',
      'kafka-3 is ready (0 s)',
      'kafka-1 restarts, 0 to go',
      'kafka-1 is ready (0 s)',
    ]);
  });

  it('leaves the pods of other nodes alone', async () => {
    await roll({ services: ['kafka-3'] });
    expect(evictions()).toEqual(['evict kafka-b-3']);
  });

  it('waits for replicas that are behind', async () => {
    twin.answers.set('kafka-a-2', exported({ underReplicated: 2 }));
    const { pause } = twin.host;
    const host = {
      ...twin.host,
      pause: async (milliseconds: number) => {
        await pause(milliseconds);
        if (twin.host.clock() > 5000) twin.answers.set('kafka-a-2', exported({}));
      },
    };
    const lines: string[] = [];
    const options = { services: ['kafka-3'], force: false, timeoutSeconds: 30 };
    await rollPods({ cluster: twin.cluster, host }, stack, environment, options, (line) => lines.push(line));
    expect(lines.slice(0, 2)).toEqual(['waiting: 2 partitions have replicas that are not in sync', 'clear after 6 s']);
  });

  it('refuses at once where a partition would refuse writes, unless it is forced', async () => {
    twin.answers.set('kafka-a-2', exported({ atMinIsr: 1 }));
    await expect(roll()).rejects.toThrow('no more replicas than min.insync.replicas');
    expect(evictions()).toEqual([]);
    await roll({ force: true });
    expect(evictions()).toHaveLength(3);
  });

  it('waits while another node is not ready, and then gives up', async () => {
    twin.statuses.set('kafka-b-3', {
      phase: 'Running',
      containerStatuses: [{ name: 'kafka', ready: false, restartCount: 0, state: { running: {} } }],
    });
    const lines: string[] = [];
    await expect(roll({ services: ['kafka-1'] }, lines)).rejects.toThrow('cannot restart kafka-1: kafka-3 not ready');
    expect(lines).toEqual(['waiting: kafka-3 not ready']);
    expect(evictions()).toEqual([]);
  });

  it('takes those together first whose process does not run at all', async () => {
    const broken = {
      phase: 'Running',
      containerStatuses: [{ name: 'kafka', ready: false, restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
    };
    for (const pod of ['kafka-a-1', 'kafka-b-3']) twin.statuses.set(pod, broken);
    const { cluster } = twin;
    // What they are made from now lets them run.
    const evict: typeof cluster.evict = (namespace, pod, uid) => {
      twin.statuses.delete(pod);
      return cluster.evict(namespace, pod, uid);
    };
    const lines: string[] = [];
    const options = { services: brokers, force: false, timeoutSeconds: 30 };
    await rollPods({ cluster: { ...cluster, evict }, host: twin.host }, stack, environment, options, (line) => lines.push(line));
    expect(lines[0]).toBe('kafka-1, kafka-3 restart, 1 to go');
    expect(evictions()).toEqual(['evict kafka-a-1', 'evict kafka-b-3', 'evict kafka-a-2']);
  });

  it('waits for a disruption budget, and says so', async () => {
    twin.kept.add('kafka-a-2');
    const lines: string[] = [];
    await expect(roll({ services: ['kafka-2'] }, lines)).rejects.toThrow('a disruption budget does not allow kafka-a-2 to be evicted');
    expect(lines).toContain('waiting: a disruption budget does not allow kafka-a-2 to be evicted now');
  });

  it('refuses where nobody can tell, because monitoring is off', async () => {
    const blind = { ...environment, monitoring: { ...environment.monitoring, enabled: false } };
    await expect(roll({}, [], blind)).rejects.toThrow('monitoring is off');
  });
});
