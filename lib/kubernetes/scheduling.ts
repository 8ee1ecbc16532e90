import type { Environment } from '../model';
import type { k8s } from './k8s';
import { type Identity, selectorLabels } from './labels';

/** Where the pods of a workload may run. */
export interface Placement {
  readonly identity: Identity;
  /** The zones whose machines may run the pods; empty means any. */
  readonly zones: readonly string[];
  /** Whether two pods of one role may share a machine; undefined: they need not care. */
  readonly spread: 'required' | 'preferred' | undefined;
}

const hostname = 'kubernetes.io/hostname';

/** Whether two nodes of one role may share a machine. */
export function spreadOf(environment: Environment): 'required' | 'preferred' {
  const byKind = environment.kind === 'production' || environment.kind === 'staging' ? 'required' : 'preferred';
  return environment.platform.kubernetes.spread ?? byKind;
}

/** The part of a pod's specification that says where it runs. */
export function scheduling({ identity, zones, spread }: Placement) {
  const { environment } = identity;
  const { nodeSelector, tolerations, priorityClass, zoneLabel } = environment.platform.kubernetes;
  return {
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    ...(tolerations.length === 0 ? {} : { tolerations: tolerations.map(toleration) }),
    ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
    affinity: {
      ...(zones.length === 0 ? {} : { nodeAffinity: inZones(zoneLabel, zones) }),
      ...(spread === undefined ? {} : { podAntiAffinity: apart(groups(identity), spread) }),
    },
    ...(spread === undefined || zones.length === 1 ? {} : { topologySpreadConstraints: overZones(identity, zoneLabel, zones) }),
  };
}

/** The pods to stay away from: those of the same role in every pool, or of the same component where there are no roles. */
function groups(identity: Identity): Identity[] {
  const { pool: _, roles, ...component } = identity;
  return roles === undefined || roles.length === 0 ? [component] : roles.map((role) => ({ ...component, roles: [role] }));
}

function apart(identities: readonly Identity[], spread: 'required' | 'preferred'): k8s.PodAntiAffinity {
  const terms = identities.map((identity) => ({ topologyKey: hostname, labelSelector: { matchLabels: selectorLabels(identity) } }));
  return spread === 'required'
    ? { requiredDuringSchedulingIgnoredDuringExecution: terms }
    : { preferredDuringSchedulingIgnoredDuringExecution: terms.map((podAffinityTerm) => ({ weight: 100, podAffinityTerm })) };
}

function inZones(zoneLabel: string, zones: readonly string[]): k8s.NodeAffinity {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: zoneLabel, operator: 'In', values: [...zones] }] }],
    },
  };
}

/**
 * Even over the zones. Where the model names zones they must exist, and the rule is strict; where it names none, machines without
 * the label may be all there are, and a strict rule would leave every pod pending.
 */
function overZones(identity: Identity, zoneLabel: string, zones: readonly string[]): k8s.TopologySpreadConstraint[] {
  const [only, ...others] = groups(identity);
  // Kubernetes takes one constraint a label: nodes with several roles are spread among all nodes.
  const { pool: _, roles: __, ...component } = identity;
  return [
    {
      maxSkew: 1,
      topologyKey: zoneLabel,
      whenUnsatisfiable: zones.length === 0 ? 'ScheduleAnyway' : 'DoNotSchedule',
      labelSelector: { matchLabels: selectorLabels(only === undefined || others.length > 0 ? component : only) },
    },
  ];
}

type Toleration = Environment['platform']['kubernetes']['tolerations'][number];

function toleration({ key, operator, value, effect }: Toleration): k8s.Toleration {
  return {
    operator,
    ...(key === undefined ? {} : { key }),
    ...(value === undefined ? {} : { value }),
    ...(effect === undefined ? {} : { effect }),
  };
}
