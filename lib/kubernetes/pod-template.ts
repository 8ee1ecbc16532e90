import { type Environment, formatBytes, formatCpu, imageReference, startedKafka, startedKafkaLabels } from '../model';
import { agentDirectory, type Process } from '../runtime';
import { contentHash, contentHashAnnotation } from './content-hash';
import { k8s } from './k8s';
import { objectLabels } from './labels';
import { kubernetesProbe } from './probes';
import { type Placement, scheduling } from './scheduling';
import { logicalSecretKey } from './secret-key';
import { containerSecurityContext, podSecurityContext } from './security-context';
import { toolsAgentDirectory, toolsImage } from './tools-image';
import { agentVolume, podVolumes } from './volumes';

/** What a pod template is made from. */
export interface PodTemplateProps {
  readonly placement: Placement;
  /** The processes of one pool, or the one process whose instances are alike. */
  readonly processes: readonly [Process, ...Process[]];
  readonly configMapName: string;
  readonly serviceAccountName: string;
}

/** Requested and limited on a node's own disk: the program's log files and what it writes to scratch directories. */
const ephemeralStorage = { request: '512Mi', limit: '8Gi' };

/** The pods of a workload. Nothing in it differs between the nodes of a pool. */
export function podTemplate({ placement, processes, configMapName, serviceAccountName }: PodTemplateProps): k8s.PodTemplateSpec {
  const { identity } = placement;
  const [process] = processes;
  const { volumes, mounts } = podVolumes(identity.environment, process, configMapName);
  return {
    metadata: {
      labels: objectLabels(identity),
      annotations: {
        [contentHashAnnotation]: contentHash(processes),
        ...(process.component === 'kafka' ? startedKafkaLabels(startedKafka(identity.environment)) : {}),
      },
    },
    spec: {
      serviceAccountName,
      automountServiceAccountToken: false,
      // Variables such as KAFKA_PORT, made from the names of Services, are taken for settings by Confluent's images.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: process.stopGraceSeconds,
      securityContext: podSecurityContext(process.user),
      ...scheduling(placement),
      ...(process.needsAgents ? { initContainers: [agentContainer(identity.environment)] } : {}),
      containers: [mainContainer(identity.environment, process, mounts)],
      volumes: [...volumes],
    },
  };
}

function mainContainer(environment: Environment, process: Process, mounts: readonly k8s.VolumeMount[]): k8s.Container {
  const [startupProbe, readinessProbe, livenessProbe] = [process.startup, process.readiness, process.liveness].map(kubernetesProbe);
  return {
    name: process.component,
    image: imageReference(process.image),
    imagePullPolicy: process.image.pullPolicy,
    // Why a program ended then stands in the status of its pod.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    // An empty list would look like a change at every apply.
    ...(process.command.length === 0 ? {} : { command: process.command.map(verbatim) }),
    env: variables(environment, process),
    ...(process.ports.length === 0 ? {} : { ports: process.ports.map(({ name, port }) => ({ name, containerPort: port })) }),
    resources: resources(process),
    ...(startupProbe === undefined ? {} : { startupProbe }),
    ...(readinessProbe === undefined ? {} : { readinessProbe }),
    ...(livenessProbe === undefined ? {} : { livenessProbe }),
    securityContext: containerSecurityContext(),
    volumeMounts: [...mounts],
  };
}

/** Kubernetes would replace `$(NAME)` and `$$`, which mean something else to a shell: doubled, they come out as written. */
function verbatim(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

function variables(environment: Environment, process: Process): k8s.EnvVar[] {
  const plain = Object.entries(process.env).map(([name, value]): k8s.EnvVar => ({ name, value: verbatim(value) }));
  const secret = Object.entries(process.secretEnv).map(
    ([name, logical]): k8s.EnvVar => ({ name, valueFrom: { secretKeyRef: logicalSecretKey(environment, logical) } }),
  );
  return [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ...[...plain, ...secret].sort((a, b) => (a.name < b.name ? -1 : 1)),
  ];
}

function resources(process: Process): k8s.ResourceRequirements {
  const { request, limit } = process.cpu;
  const memory = k8s.Quantity.fromString(formatBytes(process.memory));
  return {
    requests: {
      cpu: k8s.Quantity.fromString(formatCpu(request)),
      memory,
      'ephemeral-storage': k8s.Quantity.fromString(ephemeralStorage.request),
    },
    limits: {
      ...(limit === undefined ? {} : { cpu: k8s.Quantity.fromString(formatCpu(limit)) }),
      memory,
      'ephemeral-storage': k8s.Quantity.fromString(ephemeralStorage.limit),
    },
  };
}

/** Brings the agents into the volume that the main container reads. */
function agentContainer(environment: Environment): k8s.Container {
  const image = toolsImage(environment);
  const size = { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('64Mi') };
  const storage = k8s.Quantity.fromString('64Mi');
  return {
    name: 'agents',
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    command: ['sh', '-c', `cp ${toolsAgentDirectory}/*.jar ${agentDirectory}/`],
    resources: { requests: { ...size, 'ephemeral-storage': storage }, limits: { ...size, 'ephemeral-storage': storage } },
    securityContext: containerSecurityContext(),
    volumeMounts: [{ name: agentVolume, mountPath: agentDirectory }],
  };
}
