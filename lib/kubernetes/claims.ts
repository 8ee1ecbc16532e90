import { type Environment, formatBytes } from '../model';
import type { Volume } from '../runtime';
import { k8s } from './k8s';
import { type Identity, selectorLabels } from './labels';

/**
 * The claim templates of a StatefulSet. They are immutable and outlive every release, so they carry the selector's labels alone:
 * no version, no tag, nothing that anybody may want to change.
 */
export function claimTemplates(
  environment: Environment,
  identity: Identity,
  volumes: readonly Volume[],
): k8s.KubePersistentVolumeClaimProps[] {
  const { storageClass } = environment.platform.kubernetes;
  const { roles: _, ...stable } = identity;
  return volumes.map((volume) => ({
    metadata: { name: volume.name, labels: selectorLabels(stable) },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: k8s.Quantity.fromString(formatBytes(volume.size)) } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    },
  }));
}
