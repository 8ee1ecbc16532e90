import { describe, expect, it } from '@jest/globals';
import { startLayers, stopSteps, type Workload } from '../../../lib/lifecycle';
import { onKubernetes, smallEnvironment } from '../../support/kubernetes/small-environment';
import { combinedPool, controllerPool } from '../../support/runtime/environment';

const textOf = (workloads: readonly Workload[], controller?: number) =>
  stopSteps(workloads, controller).map((step) => step.map(({ workload, replicas }) => `${workload.name}=${replicas}`).join(' '));

const kraft = (...nodePools: object[]) => {
  const { companions: _, ...rest } = smallEnvironment;
  return onKubernetes({ ...rest, kafka: { version: '4.3.1' }, metadata: { mode: 'kraft' }, nodePools } as typeof smallEnvironment).stack
    .workloads;
};

describe('the layers of a start', () => {
  it('are ZooKeeper, Kafka, and what stands beside it', () => {
    const { stack } = onKubernetes();
    expect(startLayers(stack.workloads).map((layer) => layer.map(({ name }) => name))).toEqual([
      ['zookeeper'],
      ['kafka-kafka'],
      ['kafka-ui'],
    ]);
  });

  it('put controllers of their own below the brokers', () => {
    const workloads = kraft(controllerPool, { ...combinedPool, name: 'kafka', roles: ['broker'] });
    expect(startLayers(workloads).map((layer) => layer.map(({ name }) => name))).toEqual([['kafka-controller'], ['kafka-kafka']]);
  });
});

describe('the steps of a stop', () => {
  it('go from the top down, broker by broker from the highest id', () => {
    expect(textOf(onKubernetes().stack.workloads)).toEqual([
      'kafka-ui=0',
      'kafka-kafka=2',
      'kafka-kafka=1',
      'kafka-kafka=0',
      'zookeeper=2',
      'zookeeper=1',
      'zookeeper=0',
    ]);
  });

  it('stop the controllers together that could elect nobody', () => {
    expect(textOf(kraft(combinedPool))).toEqual(['kafka-node=2', 'kafka-node=0']);
  });

  it('keep the StatefulSet of the active controller for last', () => {
    const pool = (name: string, id: number) => ({ ...controllerPool, name, ids: [id] });
    const brokers = { ...combinedPool, name: 'kafka', roles: ['broker'], ids: [1] };
    const workloads = kraft(pool('a', 101), pool('b', 102), pool('c', 103), brokers);
    expect(textOf(workloads, 103)).toEqual(['kafka-kafka=0', 'kafka-b=0', 'kafka-a=0 kafka-c=0']);
  });

  it('have nothing to do with what has no pods', () => {
    expect(textOf(onKubernetes().stack.workloads.map((workload) => ({ ...workload, replicas: 0 })))).toEqual([]);
  });
});
