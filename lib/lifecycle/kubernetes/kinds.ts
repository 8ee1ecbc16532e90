import type { ObjectKind } from './kubernetes-cluster';

/** The kinds that the life cycle looks at by name. */
export const kinds = {
  namespace: { apiVersion: 'v1', kind: 'Namespace' },
  pod: { apiVersion: 'v1', kind: 'Pod' },
  event: { apiVersion: 'v1', kind: 'Event' },
  secret: { apiVersion: 'v1', kind: 'Secret' },
  service: { apiVersion: 'v1', kind: 'Service' },
  claim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  configMap: { apiVersion: 'v1', kind: 'ConfigMap' },
  statefulSet: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  deployment: { apiVersion: 'apps/v1', kind: 'Deployment' },
  job: { apiVersion: 'batch/v1', kind: 'Job' },
  storageClass: { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' },
} as const satisfies Record<string, ObjectKind>;

const core = (kind: string): ObjectKind => ({ apiVersion: 'v1', kind });

/** Every kind of which Kafkon makes objects in a namespace and removes them again; neither Secrets nor volumes are among them. */
export const removableKinds: readonly ObjectKind[] = [
  core('ServiceAccount'),
  kinds.configMap,
  kinds.service,
  kinds.statefulSet,
  kinds.deployment,
  kinds.job,
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Issuer' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
];

/** Whether two objects are of one kind, whatever version of it. */
export function isOfKind({ kind, apiVersion }: ObjectKind, other: ObjectKind): boolean {
  return kind === other.kind && groupOf(apiVersion) === groupOf(other.apiVersion);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
