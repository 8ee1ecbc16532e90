import { stringify } from 'yaml';
import type { Manifest } from './manifests';
import { manifests } from './manifests';

interface Volume {
  readonly name: string;
  readonly persistentVolumeClaim: { readonly claimName: string };
}

interface PodTemplateSpec {
  readonly metadata?: unknown;
  readonly spec: { readonly containers: readonly unknown[]; readonly volumes?: readonly unknown[] };
}

interface WorkloadSpec {
  readonly template?: PodTemplateSpec;
  readonly jobTemplate?: { readonly spec?: WorkloadSpec };
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

// A StatefulSet's mounts name its claim templates, which a pod template on its own does not have: they stand in as volumes.
function withClaims(template: PodTemplateSpec, claims: WorkloadSpec['volumeClaimTemplates']): PodTemplateSpec {
  if (claims === undefined) return template;
  const volumes = claims.map(({ metadata: { name } }): Volume => ({ name, persistentVolumeClaim: { claimName: name } }));
  return { ...template, spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...volumes] } };
}

function podTemplate({ kind, metadata, spec }: Manifest): object | undefined {
  const workload = (spec ?? {}) as WorkloadSpec;
  const template = workload.template ?? workload.jobTemplate?.spec?.template;
  if (template?.spec?.containers === undefined) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'PodTemplate',
    metadata: {
      name: `${kind}-${metadata.name}`.toLowerCase(),
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    },
    template: withClaims(template, workload.volumeClaimTemplates),
  };
}

/**
 * The pod of every workload (whatever has a `template`, CronJobs included) as a PodTemplate of its own, in YAML. An API server
 * validates these in full, and the pods inside workloads hardly at all.
 */
export function podTemplates(yaml: string): string {
  return manifests(yaml)
    .flatMap((manifest) => podTemplate(manifest) ?? [])
    .map((template) => `---\n${stringify(template, { aliasDuplicateObjects: false })}`)
    .join('');
}
