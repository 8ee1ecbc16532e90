import { Construct } from 'constructs';
import type { Environment } from '../model';
import type { Process } from '../runtime';
import { claimTemplates } from './claims';
import { configMapData } from './config-map';
import { k8s } from './k8s';
import { type Identity, objectMetadata, type Role, selectorLabels } from './labels';
import { namespaceOf } from './names';
import { podTemplate } from './pod-template';
import { type Placement, spreadOf } from './scheduling';

/** What a workload is made from. */
export interface WorkloadProps {
  readonly environment: Environment;
  /** The name of the workload, and with its pods' ids the name of each pod. At most 52 characters. */
  readonly name: string;
  /** The nodes of one pool, each with its id; or one process whose instances are alike. */
  readonly processes: readonly [Process, ...Process[]];
  readonly serviceAccountName: string;
  /** @default - no label for a pool */
  readonly pool?: string;
  /** What the nodes do; anti-affinity is among the nodes of one role. @default - none: among the pods of the component */
  readonly roles?: readonly Role[];
  /** The zones whose machines may run the pods. @default - any */
  readonly zones?: readonly string[];
  /** The headless Service of a StatefulSet. @default - the name of the workload */
  readonly serviceName?: string;
}

/**
 * The pods that run processes, and the ConfigMap of their files. Processes with ids or volumes become a StatefulSet, others a
 * Deployment. The pods of nodes with ids are replaced only when they are deleted, and start in any order; those of other
 * workloads are rolled by Kubernetes.
 */
export class Workload extends Construct {
  /** The labels that select the pods. */
  readonly selector: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { environment, name, processes } = props;
    const [process] = processes;
    const identity: Identity = { environment, component: process.component, pool: props.pool, roles: props.roles };
    const namespace = namespaceOf(environment);
    const metadata = objectMetadata(identity, name, namespace);
    const configMapName = `${name}-config`;
    if (process.files.length > 0) {
      new k8s.KubeConfigMap(this, 'Config', {
        metadata: { ...metadata, name: configMapName },
        data: configMapData(name, processes),
      });
    }
    this.selector = selectorLabels({ ...identity, roles: [] });
    const selector = { matchLabels: this.selector };
    const template = podTemplate({
      placement: placementOf(identity, props),
      processes,
      configMapName,
      serviceAccountName: props.serviceAccountName,
    });
    if (process.id === undefined && process.volumes.length === 0) {
      new k8s.KubeDeployment(this, 'Deployment', {
        metadata,
        spec: { replicas: process.replicas, revisionHistoryLimit: 3, selector, template },
      });
      return;
    }
    new k8s.KubeStatefulSet(this, 'StatefulSet', {
      metadata,
      spec: {
        ...ordinals(processes),
        serviceName: props.serviceName ?? name,
        // A node that waits for another one's quorum must not keep that other one from starting.
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: process.id === undefined ? 'RollingUpdate' : 'OnDelete' },
        revisionHistoryLimit: 3,
        selector,
        template,
        ...(process.volumes.length === 0
          ? {}
          : {
              persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
              volumeClaimTemplates: claimTemplates(environment, identity, process.volumes),
            }),
      },
    });
  }
}

/** The ordinal of a pod is the id of its node, so that `kafka-100` is node 100 whatever other pools there are. */
function ordinals(processes: readonly [Process, ...Process[]]) {
  const [first] = processes;
  if (first.id === undefined) return { replicas: first.replicas };
  const start = Math.min(...processes.map((process) => process.id ?? 0));
  return { replicas: processes.length, ...(start === 0 ? {} : { ordinals: { start } }) };
}

function placementOf(identity: Identity, { environment, processes, zones }: WorkloadProps): Placement {
  const [process] = processes;
  const several = process.id !== undefined || process.replicas > 1;
  const spread = process.id === undefined ? 'preferred' : spreadOf(environment);
  return { identity, zones: zones ?? [], spread: several ? spread : undefined };
}
