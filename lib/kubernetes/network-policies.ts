import { Construct } from 'constructs';
import type { DeployedCluster } from './deployed-cluster';
import { k8s } from './k8s';
import { objectMetadata } from './labels';
import { namespaceOf } from './names';
import { networkPolicySpecs } from './network-policy-spec';

/** Properties of `NetworkPolicies`. */
export interface NetworkPoliciesProps {
  /** The cluster whose pods, and those beside it, are fenced. */
  readonly cluster: DeployedCluster;
}

/**
 * Fences the pods of an environment in both directions: a default denial, and one policy for each role with exactly the connections
 * that the model asks for. They add to each other, so a policy of your own can allow more.
 */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, { cluster }: NetworkPoliciesProps) {
    super(scope, id);
    const { environment } = cluster;
    if (environment === undefined) return;
    for (const { name, component, description, spec } of networkPolicySpecs(environment)) {
      new k8s.KubeNetworkPolicy(this, name, {
        metadata: objectMetadata({ environment, component }, name, namespaceOf(environment), { 'kubernetes.io/description': description }),
        spec,
      });
    }
  }
}
