import { describe, expect, it } from '@jest/globals';
import { preflightProblems, type Survey, survey } from '../../lib/lifecycle';
import { containerState, fakeHost } from '../support/docker/fake-ports';
import { onDocker, smallCluster } from '../support/docker/small-cluster';

const { environment, stack } = onDocker();
const GiB = 2 ** 30;
const fine: Survey = {
  engine: { version: '1', memory: 64 * GiB, cpus: 4, rootDirectory: '/docker', local: true },
  present: new Map(),
  taken: new Set(),
  freeBytes: 100 * GiB,
  missingImages: new Map(),
  missingFiles: [],
};
const problems = (change: Partial<Survey>) =>
  preflightProblems(stack, environment, { ...fine, ...change }).map(({ code, severity, message }) => ({ code, severity, message }));

describe('the checks before an environment comes up', () => {
  it('find nothing on a machine with room', () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[string, Partial<Survey>, string, string]>([
    ['docker/port-taken', { taken: new Set([9093]) }, 'error', 'port 9093 of kafka-2 is taken by another program'],
    ['docker/container-taken', { present: new Map([['kafka-1', containerState('kafka-1')]]) }, 'error', 'not made by kafkon'],
    [
      'docker/container-taken',
      { present: new Map([['kafka-1', containerState('kafka-1', { 'kafkon.dev/cluster': 'other' })]]) },
      'error',
      'of "other"',
    ],
    ['docker/memory', { engine: { ...fine.engine, memory: GiB } }, 'error', 'lower heap'],
    ['docker/memory', { engine: { ...fine.engine, memory: 2 * GiB } }, 'warning', 'the Docker Engine has 2Gi'],
    ['docker/disk', { freeBytes: GiB / 2 }, 'error', '512Mi of disk are free'],
    ['docker/disk', { freeBytes: 2 * GiB }, 'warning', 'cannot become full'],
    [
      'docker/image-missing',
      { missingImages: new Map([['a/b:1', 'no such host']]) },
      'error',
      'image a/b:1 is not there and cannot be pulled: no such host',
    ],
    ['docker/secret-missing', { missingFiles: ['/secrets/x'] }, 'error', '/secrets/x'],
  ])('report %s', (code, change, severity, text) => {
    expect(problems(change)).toEqual([{ code, severity, message: expect.stringContaining(text) }]);
  });

  it('let images be that can be pulled, and what is of this environment already', () => {
    expect(problems({ missingImages: new Map([['a/b:1', undefined]]) })).toEqual([]);
    expect(problems({ present: new Map([['kafka-1', containerState('kafka-1', { 'kafkon.dev/cluster': 'orders' })]]) })).toEqual([]);
  });

  it('report all at once', () => {
    const codes = problems({ taken: new Set([9092]), missingFiles: ['/x'], freeBytes: 1 }).map(({ code }) => code);
    expect(codes).toEqual(['docker/port-taken', 'docker/disk', 'docker/secret-missing']);
  });
});

describe('the look at the machine', () => {
  it('asks for ports that no container of the environment has, images, and files of secrets', async () => {
    const secured = onDocker({
      ...smallCluster,
      listeners: [{ name: 'EXTERNAL', port: 9092, security: 'mtls', scope: 'external' }],
      companions: {},
    });
    const host = fakeHost(secured.stack);
    host.takenPorts.add(9092).add(9093);
    host.containers.set(
      'kafka-1',
      containerState('kafka-1', { 'kafkon.dev/cluster': 'orders' }, { ports: [{ host: 9092, container: 9092 }] }),
    );
    host.missingImages.add('apache/kafka:3.9.2');
    const found = await survey(host, secured.stack, undefined);
    expect([...found.taken]).toEqual([9093]);
    expect([...found.missingImages]).toEqual([['apache/kafka:3.9.2', 'no such image']]);
    expect(found.missingFiles).toContain('/project/dist/docker/orders/secrets/keystore-password');
    expect(host.done).toEqual([]);
  });
});
