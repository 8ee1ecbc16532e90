import { describe, expect, it } from '@jest/globals';
import { kubernetesAddressing } from '../../lib/kubernetes';
import type { EnvironmentInput } from '../../lib/model';
import { environmentOf, production } from './manifests';

const [internal, external] = ['INTERNAL', 'EXTERNAL'];

function advertised(
  name: string | undefined,
  id: number,
  listeners: NonNullable<NonNullable<EnvironmentInput['platform']>['kubernetes']>['listeners'],
) {
  const environment = environmentOf({ ...production, platform: { kubernetes: { clusterDomain: 'k8s.local', listeners } } });
  const listener = environment.listeners.find((candidate) => candidate.name === name);
  return listener === undefined ? undefined : kubernetesAddressing(environment).advertised(listener, id);
}

describe('addresses on Kubernetes', () => {
  const host = 'b{id}.example.com';

  it('of nodes are the DNS names of their pods', () => {
    const addressing = kubernetesAddressing(environmentOf(production));
    expect(addressing.kafkaHost(2)).toBe('kafka-2.kafka-headless.orders.svc.cluster.local');
    expect(addressing.zookeeperHost(1)).toBe('zookeeper-1.zookeeper-headless.orders.svc.cluster.local');
    expect(addressing.companionHost('schema-registry')).toBe('schema-registry.orders.svc.cluster.local');
  });

  it('inside are those of the pods, in the cluster’s own domain', () => {
    expect(advertised(internal, 1, { EXTERNAL: { brokerHost: host } })).toEqual({
      host: 'kafka-1.kafka-headless.orders.svc.k8s.local',
      port: 9092,
    });
  });

  it('outside are the names given for the brokers, at the port of the listener', () => {
    expect(advertised(external, 1, { EXTERNAL: { brokerHost: host } })).toEqual({ host: 'b1.example.com', port: 9094 });
  });

  it('at node ports are counted from the id', () => {
    const listener = { service: 'NodePort' as const, brokerHost: host, nodePortBase: 31000 };
    expect(advertised(external, 2, { EXTERNAL: listener })).toEqual({ host: 'b2.example.com', port: 31002 });
  });

  it('give another port where something stands in between', () => {
    expect(advertised(external, 2, { EXTERNAL: { brokerHost: host, advertisedPort: 443 } })).toEqual({ host: 'b2.example.com', port: 443 });
  });
});
