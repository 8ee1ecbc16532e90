import { Construct } from 'constructs';
import { backupPrincipal, derivedName, formatBytes } from '../model';
import { backupProcess, backupVolume } from './backup-process';
import { configMapData } from './config-map';
import type { DeployedCluster } from './deployed-cluster';
import { convergenceListener } from './edges';
import { k8s } from './k8s';
import { type Identity, objectMetadata, selectorLabels } from './labels';
import { kafkaObjectName, kafkaStem, namespaceOf } from './names';
import { podTemplate } from './pod-template';
import { createServiceAccount } from './service';

/** Properties of `MetadataBackup`. */
export interface MetadataBackupProps {
  /** The cluster, whose environment says when and how many under `backup.metadata`. */
  readonly cluster: DeployedCluster;
  /** How often a failed backup is tried again before the next one is due. @default 3 */
  readonly backoffLimit?: number;
  /** The claim of a volume to keep the backups on. @default - one is made */
  readonly claimName?: string;
}

/** Kubernetes appends eleven characters to the name for each Job. */
const cronJobNameLimit = 52;
/** A backup that could not begin when it was due is begun within so many seconds, or left out. */
const startWithinSeconds = 3600;

/**
 * Backups of what a cluster knows, made by a CronJob: one at a time, each whole or not there, the oldest removed. Its account may see
 * everything, read no record and change nothing. Without `backup.metadata` in the environment nothing is made.
 */
export class MetadataBackup extends Construct {
  constructor(scope: Construct, id: string, { cluster, backoffLimit = 3, claimName }: MetadataBackupProps) {
    super(scope, id);
    const { environment, addressing } = cluster;
    const declared = environment?.backup?.metadata;
    if (environment === undefined || addressing === undefined || declared === undefined) return;
    const { schedule, timeZone, keep, size, deadlineSeconds, suspended } = declared;
    const namespace = namespaceOf(environment);
    const identity: Identity = { environment, component: 'backup' };
    const name = kafkaObjectName(environment, 'backup');
    const configMapName = kafkaObjectName(environment, 'backup', 'config');
    const process = backupProcess(environment, addressing, keep, size);
    if (convergenceListener(environment)?.security === 'mtls') cluster.addCertificate('backup', backupPrincipal(environment.name));
    new k8s.KubeConfigMap(this, 'ConfigMap', {
      metadata: objectMetadata(identity, configMapName, namespace),
      data: configMapData(name, [process]),
    });
    const claim = claimName ?? createClaim(this, identity, name, size);
    const serviceAccountName = createServiceAccount(this, 'ServiceAccount', identity, name);
    const placement = { identity, zones: [], spread: undefined };
    const template = podTemplate({ placement, processes: [process], configMapName, serviceAccountName });
    new k8s.KubeCronJob(this, 'CronJob', {
      metadata: objectMetadata(identity, derivedName(cronJobNameLimit, kafkaStem(environment), 'backup'), namespace),
      spec: {
        schedule,
        timeZone,
        suspend: suspended,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: startWithinSeconds,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: { spec: { backoffLimit, activeDeadlineSeconds: deadlineSeconds, template: withClaim(template, claim) } },
      },
    });
  }
}

/** As with those of StatefulSets: labels that nobody may want to change, since a claim outlives its maker. */
function createClaim(scope: Construct, identity: Identity, name: string, size: number): string {
  const { environment } = identity;
  const { storageClass } = environment.platform.kubernetes;
  new k8s.KubePersistentVolumeClaim(scope, 'Claim', {
    metadata: { name, namespace: namespaceOf(environment), labels: { ...selectorLabels(identity) } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: k8s.Quantity.fromString(formatBytes(size)) } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    },
  });
  return name;
}

/** The pod with the backups mounted, which runs to its end and is not started again in place. */
function withClaim(template: k8s.PodTemplateSpec, claimName: string): k8s.PodTemplateSpec {
  const { spec } = template;
  if (spec === undefined) return template;
  const volume = { name: backupVolume.name, persistentVolumeClaim: { claimName } };
  return { ...template, spec: { ...spec, restartPolicy: 'Never', volumes: [...(spec.volumes ?? []), volume] } };
}
