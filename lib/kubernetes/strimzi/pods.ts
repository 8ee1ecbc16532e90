import type { Environment, ResolvedPool } from '../../model';
import type { PodTemplate } from '../custom-resources/strimzi';
import type { k8s } from '../k8s';
import { type Placement, scheduling, spreadOf } from '../scheduling';

/** A container without privileges. The operator's images write to their root, so that stays writable. */
export const strimziContainer: { readonly securityContext: k8s.SecurityContext } = {
  securityContext: {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** A choice of machines by their labels; the operator knows it as an affinity alone. */
function withSelector(affinity: k8s.Affinity, selector: Readonly<Record<string, string>>): k8s.Affinity {
  const chosen = Object.entries(selector).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  if (chosen.length === 0) return affinity;
  const [term] = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const nodeSelectorTerms = [{ matchExpressions: [...(term?.matchExpressions ?? []), ...chosen] }];
  return { ...affinity, nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

/** Where pods of the operator run. */
function strimziPod(placement: Placement): PodTemplate {
  const { nodeSelector = {}, affinity, ...rest } = scheduling(placement);
  return { ...rest, affinity: withSelector(affinity, nodeSelector), enableServiceLinks: false };
}

/** Where the nodes of a pool run: as with StatefulSets, apart from those of the same role. */
export function poolPod(environment: Environment, { roles, zone }: ResolvedPool): PodTemplate {
  return {
    ...strimziPod({
      identity: { environment, component: 'kafka', roles },
      zones: zone === undefined ? [] : [zone],
      spread: spreadOf(environment),
    }),
    terminationGracePeriodSeconds: 120,
  };
}

/** Where the workers of Kafka Connect or MirrorMaker run. */
export function workerPod(environment: Environment, component: string, replicas: number): PodTemplate {
  return strimziPod({ identity: { environment, component }, zones: [], spread: replicas > 1 ? 'preferred' : undefined });
}
