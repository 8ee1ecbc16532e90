import { beforeEach, describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../../lib/docker';
import { environmentLoader, memoryFileSystem } from '../../../lib/environment';
import { readStack } from '../../../lib/lifecycle';
import { readStartedKafka } from '../../../lib/model';
import { containerState, exported, type FakeHost, fakeHost } from '../../support/docker/fake-ports';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { rehearse } from './rehearsal';

const file = 'environments/orders/development.yaml';
const held = '  config: { inter.broker.protocol.version: "3.7" }\n';
const text = (version: string, config = '') => `name: orders
kind: development
kafka:
  version: "${version}"
${config}metadata:
  mode: zookeeper
  ensemble: { ids: [1], memory: 192Mi, heap: 96Mi, disks: [{ name: data, size: 1Gi }] }
nodePools:
  - { name: kafka, ids: [1, 2, 3], memory: 512Mi, heap: 256Mi, disks: [{ name: data, size: 1Gi }] }
listeners:
  - { name: INTERNAL, port: 9092, security: plaintext }
`;

describe('an upgrade on Kubernetes', () => {
  let twin: MemoryKubernetes;
  const run = (environment: string, ...words: readonly string[]) =>
    rehearse({ files: { [file]: environment }, kubernetes: twin }, ...words, '--platform', 'kubernetes');
  const up = (environment: string, ...words: readonly string[]) => run(environment, 'up', 'orders/development', '--no-topics', ...words);
  const roll = (environment: string, ...words: readonly string[]) => run(environment, 'brokers', 'orders/development', 'roll', ...words);
  const pods = () => twin.all('Pod').filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'kafka');
  const started = () => pods().map(({ metadata }) => readStartedKafka(metadata.annotations ?? {}));
  const three = (line: string, protocol: string) => Array.from({ length: 3 }, () => ({ line, protocol }));

  beforeEach(async () => {
    twin = memoryKubernetes();
    expect((await up(text('3.7.1'))).code).toBe(0);
    pods().forEach(({ metadata }, index) => void twin.answers.set(metadata.name, exported({ controller: index === 0 })));
    expect(started()).toEqual(three('3.7', '3.7'));
  });

  it('goes in two steps, each with a roll, and says where it stands', async () => {
    const refused = await up(text('3.9.2'));
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('write inter.broker.protocol.version: "3.7" under kafka.config'),
    ]);
    const first = await up(text('3.9.2', held));
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('step 1 of 2')]);
    expect((await up(text('3.9.2'))).code).toBe(1);
    expect((await roll(text('3.9.2', held))).code).toBe(0);
    expect(started()).toEqual(three('3.9', '3.7'));
    const second = await up(text('3.9.2'));
    expect([second.code, second.err]).toEqual([0, expect.stringContaining('step 2 of 2')]);
    expect((await roll(text('3.9.2'))).code).toBe(0);
    expect(started()).toEqual(three('3.9', '3.9'));
    expect((await up(text('3.7.1'))).err).toContain('there is no way back to that of 3.7; keep Kafka 3.9');
  });

  it('is remembered while the cluster is stopped', async () => {
    await run(text('3.7.1'), 'stop', 'orders/development');
    expect(pods()).toEqual([]);
    expect((await up(text('3.9.2'))).err).toContain('kafka-1, kafka-2 and kafka-3 run Kafka 3.7');
  });

  it('is not rolled out in one step, whoever applied it', async () => {
    expect((await up(text('3.9.2'), '--force')).err).toContain('warning');
    const refused = await roll(text('3.9.2'));
    expect([refused.code, refused.err.match(/does not understand the protocol of 3\.9/g)]).toEqual([
      1,
      ['does not understand the protocol of 3.9'],
    ]);
    expect(started()).toEqual(three('3.7', '3.7'));
    expect((await roll(text('3.9.2'), '--force')).code).toBe(0);
    expect(started()).toEqual(three('3.9', '3.9'));
  });
});

describe('an upgrade on Docker', () => {
  const run = (host: FakeHost, environment: string, ...words: readonly string[]) =>
    rehearse({ files: { [file]: environment }, docker: host }, ...words);

  /** A host whose brokers run an older Kafka. */
  function olderHost(environment: string): FakeHost {
    const { environment: loaded } = environmentLoader(memoryFileSystem({ [file]: environment })).load('orders/development');
    if (loaded === undefined) throw new Error('the environment is wrong');
    const stack = readStack(terraformOf(loaded).get('cdk.tf.json') ?? '', '/project/dist/docker/orders/development');
    const host = fakeHost(stack);
    const labels = { 'kafkon.dev/cluster': 'orders', 'kafkon.dev/kafka-line': '3.7', 'kafkon.dev/inter-broker-protocol': '3.7' };
    for (const { name, component } of stack.containers) {
      host.containers.set(name, containerState(name, component === 'kafka' ? labels : { 'kafkon.dev/cluster': 'orders' }));
      host.metrics.set(name, exported({ controller: name === 'kafka-1' }));
    }
    host.changes = stack.containers
      .filter(({ component }) => component === 'kafka')
      .map(({ address }) => ({ address, action: 'replace' as const }));
    return host;
  }

  it('in one step is refused before anything restarts, by up and by roll', async () => {
    const host = olderHost(text('3.9.2'));
    for (const words of [
      ['up', 'orders/development', '--no-topics'],
      ['brokers', 'orders/development', 'roll'],
    ]) {
      const { code, err } = await run(host, text('3.9.2'), ...words);
      expect([code, err]).toEqual([1, expect.stringContaining('[upgrade/protocol-too-early]')]);
    }
    expect(host.done).toEqual([]);
  });

  it('begins with the protocol held back', async () => {
    const environment = text('3.9.2', held);
    const host = olderHost(environment);
    const { code, err } = await run(host, environment, 'up', 'orders/development', '--no-topics');
    expect([code, err]).toEqual([0, expect.stringContaining('from Kafka 3.7 to 3.9, step 1 of 2')]);
    expect(host.done.filter((line) => line.startsWith('apply docker_container.kafka-'))).toHaveLength(3);
  });
});
