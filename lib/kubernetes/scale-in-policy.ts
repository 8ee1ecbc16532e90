import { Construct } from 'constructs';
import { derivedName, dnsLabelLimit, type Environment, scaleInAnnotation } from '../model';
import { type AdmissionPolicySpec, createAdmissionPolicy } from './custom-resources/admission-policy';
import type { KafkaCluster } from './kafka-cluster';
import { objectMetadata } from './labels';
import { kafkaStem, namespaceOf } from './names';

/** Properties of `ScaleInPolicy`. */
export interface ScaleInPolicyProps {
  /** The cluster whose nodes are kept. */
  readonly cluster: KafkaCluster;
}

/**
 * Has the API server refuse a change that takes nodes of Kafka or ZooKeeper away, unless the same change confirms it: an applied
 * manifest of yesterday, or a slip of `kubectl scale`, would take the data that only they hold.
 */
export class ScaleInPolicy extends Construct {
  constructor(scope: Construct, id: string, { cluster }: ScaleInPolicyProps) {
    super(scope, id);
    const { environment } = cluster;
    if (environment === undefined) return;
    const name = derivedName(dnsLabelLimit, namespaceOf(environment), kafkaStem(environment), 'scale-in');
    const metadata = objectMetadata({ environment, component: 'kafka' }, name, namespaceOf(environment));
    createAdmissionPolicy(this, 'Policy', metadata, scaleInPolicySpec(environment));
  }
}

/** A text as CEL reads it; names hold nothing that JSON and CEL write differently. */
const text = (value: string): string => JSON.stringify(value);

/**
 * Whose StatefulSet it is says its selector, which nobody can change. A Scale bears no labels, but the selector as one text. Each
 * expression stands for both, and is read dynamically because they are of different types.
 */
function ours({ name }: Environment): string {
  const labels = [
    ['app.kubernetes.io/instance', [name]],
    ['app.kubernetes.io/name', ['kafka', 'zookeeper']],
  ] as const;
  const ofScale = labels.map(([key, values]) => {
    const pairs = values.map((value) => text(`${key}=${value}`)).join(', ');
    return `dyn(oldObject).status.selector.split(",").exists(pair, pair in [${pairs}])`;
  });
  const selector = 'dyn(oldObject).spec.selector';
  const ofSet = labels.map(
    ([key, values]) =>
      `${text(key)} in ${selector}.matchLabels && ${selector}.matchLabels[${text(key)}] in [${values.map(text).join(', ')}]`,
  );
  return [
    isScale,
    `? has(dyn(oldObject).status.selector) && ${ofScale.join(' && ')}`,
    `: has(${selector}.matchLabels) && ${ofSet.join(' && ')}`,
  ].join('\n');
}

/** A request that has no subresource lacks the field, so the kind is asked. */
const isScale = 'request.kind.kind == "Scale"';

const number = (object: string, ...path: readonly string[]): string => {
  const steps = path.map((_, index) => `has(dyn(${object}).${path.slice(0, index + 1).join('.')})`);
  return `${steps.slice(1).join(' && ')} ? dyn(${object}).${path.join('.')} : 0`;
};

const annotation = (object: string): string =>
  `has(dyn(${object}).metadata.annotations) && ${text(scaleInAnnotation)} in dyn(${object}).metadata.annotations ` +
  `? dyn(${object}).metadata.annotations[${text(scaleInAnnotation)}] : ""`;

/** The policy of an environment, in CEL. */
export function scaleInPolicySpec(environment: Environment): AdmissionPolicySpec {
  const change = 'string(variables.replicasBefore) + "->" + string(variables.replicasAfter)';
  const nodes = (when: 'Before' | 'After') =>
    `string(variables.first${when}) + " to " + string(variables.first${when} + variables.replicas${when} - 1)`;
  return {
    failurePolicy: 'Fail',
    matchConstraints: {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaceOf(environment) } },
      resourceRules: [
        { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['statefulsets', 'statefulsets/scale'] },
      ],
    },
    matchConditions: [{ name: 'node-of-this-cluster', expression: ours(environment) }],
    variables: [
      { name: 'replicasBefore', expression: number('oldObject', 'spec', 'replicas') },
      { name: 'replicasAfter', expression: number('object', 'spec', 'replicas') },
      { name: 'firstBefore', expression: number('oldObject', 'spec', 'ordinals', 'start') },
      { name: 'firstAfter', expression: number('object', 'spec', 'ordinals', 'start') },
      {
        name: 'loses',
        expression: [
          'variables.replicasBefore > 0 && (variables.firstAfter > variables.firstBefore',
          'variables.firstAfter + variables.replicasAfter < variables.firstBefore + variables.replicasBefore)',
        ].join(' || '),
      },
      { name: 'change', expression: change },
      { name: 'confirmationBefore', expression: annotation('oldObject') },
      { name: 'confirmation', expression: annotation('object') },
      {
        name: 'confirmed',
        expression:
          'variables.confirmation != variables.confirmationBefore && (variables.confirmation == variables.change || ' +
          'variables.confirmation.startsWith(variables.change + " "))',
      },
    ],
    validations: [
      {
        expression: '!variables.loses || variables.confirmed',
        reason: 'Forbidden',
        messageExpression: [
          'request.name + " would go from " + string(variables.replicasBefore) + " to " + string(variables.replicasAfter) + " replicas" +',
          `(variables.replicasAfter == 0 || ${isScale} ? "" : ", nodes " + ${nodes('After')} + " instead of " + ${nodes('Before')}) +`,
          '"; those that go take their data with them. Move it to the others first (kafkon up does), then confirm this one change: " +',
          `(${isScale} ? "a scale request cannot, so patch the StatefulSet with its replicas and, " : "") +`,
          `"in the same change, the annotation ${scaleInAnnotation}: \\"" + variables.change + "\\"" +`,
          '(variables.confirmationBefore.startsWith(variables.change) ? ", which is there from an earlier time: add a space and a word to it" : "")',
        ].join('\n'),
      },
    ],
  };
}
