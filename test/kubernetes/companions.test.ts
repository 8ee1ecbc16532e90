import { describe, expect, it } from '@jest/globals';
import { KafkaChart } from '../../lib/kubernetes';
import type { EnvironmentInput } from '../../lib/model';
import { app, at, environmentOf, type Manifest, named, ofKind, production, synth } from './manifests';

const beside: EnvironmentInput = {
  ...production,
  serviceAccounts: { 'schema-registry': {}, 'kafka-ui': {} },
  companions: { schemaRegistry: { replicas: 2 }, kafkaUi: {}, redis: {}, prometheus: {}, grafana: {} },
};
const manifests = synthesized(beside);

function synthesized(input: EnvironmentInput): readonly Manifest[] {
  return synth(new KafkaChart(app(), 'orders', { environment: environmentOf(input) }));
}

const names = (kind: string) => ofKind(manifests, kind).map(({ metadata }) => metadata.name);

describe('Companions', () => {
  it('run as Deployments behind Services of their own names', () => {
    expect(names('Deployment')).toEqual(expect.arrayContaining(['kafka-ui', 'schema-registry']));
    expect(named(manifests, 'Service', 'schema-registry').spec).toMatchObject({ ports: [{ name: 'http', port: 8081 }] });
  });

  it('have a disruption budget only where there are several instances', () => {
    expect(names('PodDisruptionBudget').sort()).toEqual(['kafka', 'schema-registry', 'zookeeper']);
  });

  it('leave Prometheus and Grafana to the Kubernetes cluster', () => {
    const all = manifests.map(({ metadata }) => metadata.name);
    expect(all.filter((name) => name === 'prometheus' || name === 'grafana')).toEqual([]);
  });

  it('get the certificate whose trust store they read', () => {
    expect(named(manifests, 'Certificate', 'kafka-client-cert').spec).toMatchObject({ secretName: 'kafka-client-cert' });
    const mounted = ofKind(manifests, 'Deployment').map((deployment) => JSON.stringify(at(deployment.spec, 'template', 'spec', 'volumes')));
    expect(mounted.some((volumes) => volumes.includes('kafka-client-cert'))).toBe(true);
  });

  it('need no certificate where they read none', () => {
    const { companions: _, ...alone } = beside;
    expect(ofKind(synthesized(alone), 'Certificate').map(({ metadata }) => metadata.name)).not.toContain('kafka-client-cert');
  });
});
