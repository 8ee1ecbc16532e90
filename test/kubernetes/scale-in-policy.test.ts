import { describe, expect, it } from '@jest/globals';
import { KafkaChart, KafkaCluster, ScaleInPolicy } from '../../lib/kubernetes';
import { scaleInPolicySpec } from '../../lib/kubernetes/scale-in-policy';
import { scaleInAnnotation, scaleInConfirmation } from '../../lib/model';
import { app, chart, environmentOf, type Manifest, production, synth } from './manifests';

type Settings = NonNullable<NonNullable<typeof production.platform>['kubernetes']>;

function policiesWith(settings: Settings): readonly Manifest[] {
  const kubernetes = { ...production.platform?.kubernetes, ...settings };
  const environment = environmentOf({ ...production, platform: { kubernetes } });
  return synth(new KafkaChart(app(), 'chart', { environment })).filter(({ apiVersion }) => apiVersion.startsWith('admissionregistration'));
}

describe('the policy against scale-in', () => {
  it('is made with its binding, outside of every namespace', () => {
    const policies = policiesWith({ namespace: 'orders' });
    expect(policies.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
      ['ValidatingAdmissionPolicy', 'orders-kafka-scale-in', undefined],
      ['ValidatingAdmissionPolicyBinding', 'orders-kafka-scale-in', undefined],
    ]);
  });

  it('has another name in another namespace, and for another stem', () => {
    const names = [
      policiesWith({ namespace: 'a' }),
      policiesWith({ namespace: 'b' }),
      policiesWith({ namespace: 'a', names: { kafka: 'events' } }),
    ];
    expect(new Set(names.map(([policy]) => policy?.metadata.name)).size).toBe(3);
  });

  it('is left out where nothing may be made outside of the namespace, unless it is asked for', () => {
    expect(policiesWith({ createNamespace: false })).toEqual([]);
    expect(policiesWith({ scaleInPolicy: false })).toEqual([]);
    expect(policiesWith({ createNamespace: false, scaleInPolicy: true })).toHaveLength(2);
  });

  it('can stand in a chart of your own without a namespace', () => {
    const own = chart();
    new ScaleInPolicy(own, 'ScaleIn', { cluster: new KafkaCluster(own, 'Kafka', { environment: environmentOf(production) }) });
    expect(synth(own).filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'))).toHaveLength(2);
  });

  it('judges its own namespace alone, replicas and scale requests alike', () => {
    const { matchConstraints } = scaleInPolicySpec(environmentOf(production));
    expect(matchConstraints.namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'orders' });
    expect(matchConstraints.resourceRules.flatMap(({ resources }) => resources)).toEqual(['statefulsets', 'statefulsets/scale']);
  });
});

describe('a confirmation', () => {
  it('names both numbers, and the occasion where there is one', () => {
    expect(scaleInConfirmation(5, 3)).toBe('5->3');
    expect(scaleInConfirmation(3, 0, 'stop')).toBe('3->0 stop');
  });

  it('is read from the annotation that the policy reads', () => {
    expect(JSON.stringify(scaleInPolicySpec(environmentOf(production)))).toContain(scaleInAnnotation);
  });
});
