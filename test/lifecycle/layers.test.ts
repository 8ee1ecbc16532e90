import { describe, expect, it } from '@jest/globals';
import { servicesOf, startOrder, stopGroups, stopOrder } from '../../lib/lifecycle';
import { onDocker, smallCluster } from '../support/docker/small-cluster';
import { brokerPool, combinedPool as combinedNodes, controllerPool as controllerNodes } from '../support/runtime/environment';

const combinedPool = { ...combinedNodes, roles: [...combinedNodes.roles] };
const controllerPool = { ...controllerNodes, roles: [...controllerNodes.roles] };
const names = (containers: readonly { service: string }[]) => containers.map(({ service }) => service);

describe('the order of services', () => {
  const services = servicesOf(onDocker().stack);

  it('starts from the bottom up', () => {
    expect(names(startOrder(services))).toEqual(['zookeeper-1', 'zookeeper-2', 'zookeeper-3', 'kafka-1', 'kafka-2', 'kafka-3', 'kafka-ui']);
  });

  it('stops from the top down, the active controller last of its kind', () => {
    expect(names(stopOrder(services, 2))).toEqual([
      'kafka-ui',
      'kafka-1',
      'kafka-3',
      'kafka-2',
      'zookeeper-1',
      'zookeeper-2',
      'zookeeper-3',
    ]);
    expect(names(stopOrder(services, undefined)).slice(0, 4)).toEqual(['kafka-ui', 'kafka-1', 'kafka-2', 'kafka-3']);
  });

  const kraft = (...nodePools: NonNullable<Parameters<typeof onDocker>[0]>['nodePools'] & object) =>
    servicesOf(onDocker({ ...smallCluster, kafka: { version: '4.3.1' }, metadata: { mode: 'kraft' }, nodePools, companions: {} }).stack);

  it('stops brokers before the controllers they ask', () => {
    expect(names(stopOrder(kraft(brokerPool, controllerPool), 102))).toEqual([
      'kafka-1',
      'kafka-2',
      'kafka-3',
      'kafka-101',
      'kafka-103',
      'kafka-102',
    ]);
  });

  it('stops those together that could elect nobody alone', () => {
    const combined = kraft(combinedPool);
    expect(stopGroups(stopOrder(combined, 1), combined).map(names)).toEqual([['kafka-2'], ['kafka-3', 'kafka-1']]);
    const single = kraft({ ...combinedPool, ids: [7] });
    expect(stopGroups(stopOrder(single, 7), single).map(names)).toEqual([['kafka-7']]);
    expect(stopGroups(stopOrder(services, 2), services).every(({ length }) => length === 1)).toBe(true);
  });
});
