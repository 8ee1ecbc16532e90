import type { Construct } from 'constructs';
import { k8s } from './k8s';
import { type Identity, objectMetadata, selectorLabels } from './labels';
import { namespaceOf } from './names';

/**
 * Lets one pod of a quorum at a time be evicted. A pod that is not ready may always go: otherwise a machine with a broken pod
 * could not be drained.
 */
export function createDisruptionBudget(scope: Construct, id: string, identity: Identity, name: string): void {
  new k8s.KubePodDisruptionBudget(scope, id, {
    metadata: objectMetadata(identity, name, namespaceOf(identity.environment)),
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(identity) },
    },
  });
}
