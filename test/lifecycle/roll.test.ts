import { describe, expect, it } from '@jest/globals';
import { roll } from '../../lib/lifecycle';
import { containerState, exported, type FakeHost, fakeHost } from '../support/docker/fake-ports';
import { onDocker, smallCluster } from '../support/docker/small-cluster';

const { environment, stack } = onDocker();
const brokers = ['kafka-1', 'kafka-2', 'kafka-3'];

function host(): FakeHost {
  const ports = fakeHost(stack);
  for (const { name } of stack.containers) ports.containers.set(name, containerState(name, { 'kafkon.dev/cluster': 'orders' }));
  ports.changes = [];
  for (const name of brokers) ports.metrics.set(name, exported({ controller: name === 'kafka-1' }));
  return ports;
}

const options = { services: brokers, changed: new Set<string>(), force: false, timeoutSeconds: 30 };
const run = (ports: FakeHost, change: Partial<typeof options> = {}, lines: string[] = []) =>
  roll(ports, stack, environment, { ...options, ...change }, (line) => lines.push(line));

describe('a roll', () => {
  it('stops and starts one after the other, the active controller last', async () => {
    const ports = host();
    await run(ports);
    expect(ports.done).toEqual(['stop kafka-2', 'start kafka-2', 'stop kafka-3', 'start kafka-3', 'stop kafka-1', 'start kafka-1']);
  });

  it('has Terraform make anew what has changed, that one alone', async () => {
    const ports = host();
    ports.changes = [{ address: 'docker_container.kafka-2', action: 'replace' }];
    await run(ports, { services: ['kafka-2'], changed: new Set(['docker_container.kafka-2']) });
    expect(ports.done).toEqual(['apply docker_container.kafka-2']);
    expect(ports.changes).toEqual([]);
  });

  it('waits for replicas that are behind', async () => {
    const ports = host();
    ports.metrics.set('kafka-1', exported({ underReplicated: 2 }));
    const { pause } = ports.host;
    ports.host.pause = async (milliseconds) => {
      await pause(milliseconds);
      if (ports.host.clock() > 5000) ports.metrics.set('kafka-1', exported({}));
    };
    const lines: string[] = [];
    await run(ports, { services: ['kafka-2'] }, lines);
    expect(lines.slice(0, 2)).toEqual(['waiting: 2 partitions have replicas that are not in sync', 'clear after 6 s']);
  });

  it('refuses when they stay behind, and leaves the rest alone', async () => {
    const ports = host();
    ports.metrics.set('kafka-1', exported({ underReplicated: 2 }));
    await expect(run(ports)).rejects.toThrow(/^cannot restart kafka-\d: 2 partitions have replicas that are not in sync/);
    expect(ports.done).toEqual([]);
  });

  it('refuses at once where a partition would refuse writes, unless it is forced', async () => {
    const ports = host();
    ports.metrics.set('kafka-1', exported({ atMinIsr: 1 }));
    await expect(run(ports)).rejects.toThrow('no more replicas than min.insync.replicas');
    expect(ports.host.clock()).toBe(0);
    await run(ports, { force: true });
    expect(ports.done).toHaveLength(6);
  });

  it('refuses where nobody can tell, because monitoring is off', async () => {
    const blind = onDocker({ ...smallCluster, monitoring: { enabled: false } });
    const failure = roll(host(), blind.stack, blind.environment, options, () => {});
    await expect(failure).rejects.toThrow('monitoring is off');
  });
});
