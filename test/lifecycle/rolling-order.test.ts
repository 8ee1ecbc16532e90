import { describe, expect, it } from '@jest/globals';
import { type NodeMetrics, type ObservedNode, obstacle, rollingOrder, servicesOf } from '../../lib/lifecycle';
import { onDocker } from '../support/docker/small-cluster';

const calm: NodeMetrics = { activeController: false, underReplicated: 0, underMinIsr: 0, atMinIsr: 0, replicas: 1 };
const containers = servicesOf(onDocker().stack).filter(({ component }) => component !== 'kafka-ui');

function nodes(change: Readonly<Record<string, { ready?: boolean; metrics?: Partial<NodeMetrics> | undefined }>> = {}): ObservedNode[] {
  return containers.map((container) => {
    const { ready = true, metrics = {} } = change[container.service] ?? {};
    const silent =
      container.component !== 'kafka' ||
      ('metrics' in (change[container.service] ?? {}) && change[container.service]?.metrics === undefined);
    return { container, ready, metrics: silent || !ready ? undefined : { ...calm, ...metrics } };
  });
}

const of = (all: readonly ObservedNode[], service: string): ObservedNode => {
  const found = all.find(({ container }) => container.service === service);
  if (found === undefined) throw new Error(service);
  return found;
};

describe('the order of a roll', () => {
  it('takes ZooKeeper first, then what is not ready, and the active controller last', () => {
    const all = nodes({ 'kafka-1': { metrics: { activeController: true } }, 'kafka-3': { ready: false } });
    expect(rollingOrder(all).map(({ container }) => container.service)).toEqual([
      'zookeeper-1',
      'zookeeper-2',
      'zookeeper-3',
      'kafka-3',
      'kafka-2',
      'kafka-1',
    ]);
  });
});

describe('whether a node may restart', () => {
  const check = (service: string, change: Parameters<typeof nodes>[0] = {}) => {
    const all = nodes(change);
    return obstacle(of(all, service), all);
  };

  it('is so when all others serve and all replicas are in sync', () => {
    expect(check('kafka-1')).toBeUndefined();
    expect(check('zookeeper-2')).toBeUndefined();
  });

  it.each([
    ['another one is not ready', { 'kafka-2': { ready: false } }, 'kafka-2 not ready', true],
    ['a ZooKeeper server is not ready', { 'zookeeper-3': { ready: false } }, 'zookeeper-3 not ready', true],
    ['a replica is behind', { 'kafka-2': { metrics: { underReplicated: 3 } } }, '3 partitions have replicas that are not in sync', true],
    ['a node does not say', { 'kafka-3': { metrics: undefined } }, 'kafka-3 tells nothing of its partitions', true],
    ['a partition has no replica to spare', { 'kafka-1': { metrics: { atMinIsr: 2 } } }, '2 partitions have no more replicas', false],
  ])('is not so when %s', (_, change, reason, passing) => {
    const found = check('kafka-1', change);
    expect(found?.reason).toContain(reason);
    expect(found?.passing).toBe(passing);
  });

  it('is so for a node that does not serve anyway, whatever the partitions', () => {
    expect(check('kafka-1', { 'kafka-1': { ready: false }, 'kafka-2': { metrics: { underReplicated: 3, atMinIsr: 3 } } })).toBeUndefined();
  });

  it('does not let a second ZooKeeper server go', () => {
    expect(check('zookeeper-1', { 'zookeeper-2': { ready: false } })?.reason).toBe('zookeeper-2 not ready');
    expect(check('zookeeper-1', { 'kafka-2': { ready: false } })).toBeUndefined();
  });
});
