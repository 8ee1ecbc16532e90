import { describe, expect, it } from '@jest/globals';
import { podStateOf } from '../../../lib/lifecycle';

const pod = (status: unknown, spec: unknown = { nodeName: 'machine' }, metadata: object = {}) =>
  podStateOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'kafka-0', ...metadata }, spec, status });
const container = (state: object, more: object = {}) => ({ name: 'kafka', ready: false, restartCount: 0, state, ...more });

describe('a pod that is not ready', () => {
  it('says that no machine can take it, and why', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available: 1 Insufficient memory.' }];
    const { trouble, state } = pod({ phase: 'Pending', conditions }, {});
    expect(trouble).toEqual({ reason: 'no machine can take it: 0/1 nodes are available: 1 Insufficient memory.', outlook: 'stuck' });
    expect(state).toBe('Pending');
  });

  it('says that its image cannot be had, for good where nobody would fetch it', () => {
    const waiting = (reason: string) => ({ containerStatuses: [container({ waiting: { reason, message: 'no such image' } })] });
    expect(pod(waiting('ImagePullBackOff')).trouble).toEqual({
      reason: 'its image cannot be had (ImagePullBackOff): no such image',
      outlook: 'stuck',
    });
    expect(pod(waiting('ErrImageNeverPull')).trouble?.outlook).toBe('hopeless');
    expect(pod(waiting('ImagePullBackOff')).state).toBe('ImagePullBackOff');
  });

  it('says how its process ended', () => {
    const lastState = { terminated: { reason: 'OOMKilled', exitCode: 137 } };
    const status = { containerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } }, { lastState, restartCount: 3 })] };
    const { trouble, restarts, running } = pod(status);
    expect(trouble?.reason).toBe('kafka does not stay up: OOMKilled, exit code 137, 3 restarts');
    expect([restarts, running]).toEqual([3, false]);
  });

  it('passes on the last line that its process wrote', () => {
    const message = 'starting\nnothing can be written to /data: No space left on device\n\n';
    const lastState = { terminated: { reason: 'Error', exitCode: 1, message } };
    const { trouble } = pod({
      containerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } }, { lastState, restartCount: 2 })],
    });
    expect(trouble?.reason).toBe(
      'kafka does not stay up: Error, exit code 1, 2 restarts; it said: nothing can be written to /data: No space left on device',
    );
  });

  it('passes on the error, not what came as it went down in good order', () => {
    const message = [
      '[12:00:00] ERROR Exiting Kafka due to fatal exception (kafka.Kafka$)',
      'java.lang.RuntimeException: Invalid cluster.id in: /data/meta.properties. Expected A, but read B',
      '\tat org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.verify(MetaPropertiesEnsemble.java:509)',
      '\t... 3 more',
      '[12:00:01] INFO App info kafka.server for 0 unregistered (org.apache.kafka.common.utils.AppInfoParser)',
    ].join('\n');
    const { trouble } = pod({ containerStatuses: [container({ terminated: { reason: 'Error', exitCode: 1, message } })] });
    expect(trouble?.reason).toMatch(/; it said: java\.lang\.RuntimeException: Invalid cluster\.id in: .* but read B$/);
  });

  it('names the Secret that it lacks', () => {
    const waiting = { reason: 'CreateContainerConfigError', message: 'secret "kafka-secrets" not found' };
    expect(pod({ containerStatuses: [container({ waiting })] }).trouble?.reason).toBe(
      'kafka cannot start (CreateContainerConfigError): secret "kafka-secrets" not found',
    );
  });

  it('looks at the containers that come first, too', () => {
    const waiting = { reason: 'ErrImagePull', message: 'gone' };
    const initContainerStatuses = [container({ waiting })];
    expect(pod({ initContainerStatuses }).trouble?.reason).toBe('its image cannot be had (ErrImagePull): gone');
  });

  it('is on its way while it is made, starts, or goes', () => {
    expect(pod({ phase: 'Pending' }, {}).trouble?.outlook).toBe('passing');
    expect(pod({ containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } })] }).trouble?.outlook).toBe('passing');
    expect(pod({ containerStatuses: [container({ running: {} })] }).trouble).toEqual({
      reason: 'runs and is not ready yet',
      outlook: 'passing',
    });
    const leaving = pod({ conditions: [{ type: 'Ready', status: 'True' }] }, {}, { deletionTimestamp: '2026-11-21T12:00:00Z' });
    expect([leaving.ready, leaving.leaving, leaving.state]).toEqual([false, true, 'Terminating']);
  });
});

describe('a pod that is ready', () => {
  it('has no trouble, and tells what it was made from', () => {
    const metadata = { annotations: { 'kafkon.dev/content-hash': 'abc' }, labels: { 'controller-revision-hash': 'kafka-1' } };
    const status = {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [container({ running: { startedAt: '2026-11-21T12:00:00Z' } }, { ready: true, restartCount: 1 })],
    };
    expect(pod(status, undefined, metadata)).toMatchObject({
      ready: true,
      running: true,
      restarts: 1,
      startedAt: new Date('2026-11-21T12:00:00Z'),
      contentHash: 'abc',
      revision: 'kafka-1',
    });
    expect(pod(status).trouble).toBeUndefined();
  });
});
