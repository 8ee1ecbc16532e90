import { ApiObject, type ApiObjectMetadata, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';

/** Part of Kubernetes itself since 1.30, and not among the classes of the API of 1.28. */
const apiVersion = 'admissionregistration.k8s.io/v1';

/** A name and an expression in CEL. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** The part of a ValidatingAdmissionPolicy that is used here. */
export interface AdmissionPolicySpec {
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly matchConstraints: {
    readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly resourceRules: readonly {
      readonly apiGroups: readonly string[];
      readonly apiVersions: readonly string[];
      readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE')[];
      /** With subresources: `statefulsets/scale`. */
      readonly resources: readonly string[];
    }[];
  };
  readonly matchConditions: readonly NamedExpression[];
  readonly variables: readonly NamedExpression[];
  readonly validations: readonly {
    readonly expression: string;
    /** CEL that makes the text of the refusal. */
    readonly messageExpression: string;
    readonly reason: 'Forbidden' | 'Invalid';
  }[];
}

/** Makes a ValidatingAdmissionPolicy and the binding that puts it into force. Both stand outside of every namespace. */
export function createAdmissionPolicy(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: AdmissionPolicySpec): void {
  const { namespace: _, ...outside } = metadata;
  const policy = { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: outside, spec };
  const binding = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: outside,
    spec: { policyName: outside.name, validationActions: ['Deny'] },
  };
  for (const [suffix, props] of [['', policy] as const, ['Binding', binding] as const]) {
    const object = new ApiObject(scope, `${id}${suffix}`, props);
    // The chart gives its namespace, where it has one, to everything in it.
    if (Chart.of(scope).namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
