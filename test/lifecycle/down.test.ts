import { describe, expect, it } from '@jest/globals';
import { down, stop } from '../../lib/lifecycle';
import { containerState, exported, type FakeHost, fakeHost } from '../support/docker/fake-ports';
import { onDocker } from '../support/docker/small-cluster';

const { environment, stack } = onDocker();

function host(): FakeHost {
  const ports = fakeHost(stack);
  for (const { name, once } of stack.containers)
    ports.containers.set(name, containerState(name, { 'kafkon.dev/cluster': 'orders' }, once ? { state: 'exited' } : {}));
  ports.metrics.set('kafka-1', exported({ controller: true }));
  return ports;
}

const order = ['kafka-ui', 'kafka-2', 'kafka-3', 'kafka-1', 'zookeeper-1', 'zookeeper-2', 'zookeeper-3'].map((name) => `stop ${name}`);

describe('taking an environment away', () => {
  it('stops from the top down, the controller last, then destroys; data stays', async () => {
    const ports = host();
    await down(ports, stack, environment, { force: false, volumes: false }, () => {});
    expect(ports.done).toEqual([...order, 'destroy']);
    expect([...ports.containers]).toEqual([]);
  });

  it('never names volumes with data to Terraform', async () => {
    const ports = host();
    let named: readonly string[] = [];
    ports.terraform.destroy = async (_, { targets = [] }) => {
      named = targets;
    };
    await down(ports, stack, environment, { force: false, volumes: false }, () => {});
    const kept = stack.volumes.filter((volume) => volume.kept).map(({ address }) => address);
    expect(kept).toHaveLength(6);
    expect(named.filter((address) => kept.includes(address))).toEqual([]);
    expect(named).toContain('docker_container.kafka-1');
  });

  it('removes volumes where asked to, once Terraform has forgotten them', async () => {
    const ports = host();
    await down(ports, stack, environment, { force: false, volumes: true }, () => {});
    const tail = ports.done.slice(ports.done.indexOf('destroy') + 1);
    expect(tail[0]).toBe('forget volumes');
    expect(tail).toContain('remove volume orders-kafka-1-data');
  });

  it('stops nothing in order where it is forced', async () => {
    const ports = host();
    await down(ports, stack, environment, { force: true, volumes: false }, () => {});
    expect(ports.done).toEqual(['destroy']);
  });

  it('sweeps up what Terraform does not know, so that a run that was broken off is finished by the next', async () => {
    const ports = host();
    ports.terraform.resources = async () => [];
    await down(ports, stack, environment, { force: false, volumes: false }, () => {});
    expect(ports.done.slice(0, order.length)).toEqual(order);
    expect([...ports.done.slice(order.length)].sort()).toEqual(stack.containers.map(({ name }) => `remove ${name}`).sort());
    expect([...ports.containers]).toEqual([]);
    await down(ports, stack, environment, { force: false, volumes: false }, () => {});
  });

  it('stops nothing twice', async () => {
    const ports = host();
    await stop(ports, stack, environment, () => {});
    ports.done.length = 0;
    await stop(ports, stack, environment, () => {});
    expect(ports.done).toEqual([]);
  });
});
