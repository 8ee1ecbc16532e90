import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { KafkaConfig } from 'kafkajs';
import { kubernetesAddressing } from '../../../lib/kubernetes';
import { certificateName } from '../../../lib/kubernetes/names';
import { toolsImage } from '../../../lib/kubernetes/tools-image';
import { imageReference, replicationListenerName } from '../../../lib/model';
import { waitFor } from '../kafka/wait-for';
import { isReady, type Pod } from './objects';
import type { Stage } from './stage';

/** What came of a client's work. */
export interface Outcome {
  readonly done: boolean;
  /** Kafka's own word for the refusal is in it. */
  readonly error?: string;
}

/** What a client inside the cluster does. */
export interface Task {
  readonly steps: readonly ('produce' | 'consume')[];
  readonly topic: string;
  /** @default - one that begins with `check-` */
  readonly groupId?: string;
  /** @default - five new ones */
  readonly values?: readonly string[];
}

const name = 'client';
const certificates = '/etc/kafkon-secrets/convergence';

/** A pod of the tools image beside the cluster, from which clients connect. */
export class InsideClient {
  private readonly program = readFileSync(join(__dirname, 'inside-client.js'), 'utf8');

  private constructor(private readonly stage: Stage) {}

  /** Starts the pod, which passes the restricted pod security standard. */
  static async start(stage: Stage): Promise<InsideClient> {
    const { namespace, environment } = stage;
    await stage.send([podOf(namespace.name, imageReference(toolsImage(environment)), certificateName(environment, 'convergence'))]);
    await waitFor('the pod of the clients', async () => isReady(await namespace.get<Pod>('pod', name)));
    return new InsideClient(stage);
  }

  /** What comes of a client's work. */
  async exchange(config: KafkaConfig, task: Task): Promise<Outcome> {
    const values = Array.from({ length: 5 }, () => randomUUID());
    const whole = { config, groupId: `check-${randomUUID()}`, values, seconds: 60, ...task };
    // Through standard input: there is a password in it.
    const input = `${this.program}\nmain(${JSON.stringify(whole)});\n`;
    return JSON.parse(await this.stage.namespace.kubectl(['exec', '-i', name, '--', 'node', '-'], input)) as Outcome;
  }

  /** The command line, about the stage's environment, over the listener of the brokers with the convergence's certificate. */
  kafkon(...words: readonly string[]): Promise<string> {
    const { environment, namespace, file } = this.stage;
    const addressing = kubernetesAddressing(environment);
    const listener = environment.listeners.find(({ name: each }) => each === replicationListenerName);
    const [broker] = environment.nodes.filter((node) => node.broker);
    const server = `${addressing.kafkaHost(broker?.id ?? 0)}:${listener?.port}`;
    const whole = [...words, '--listener', listener?.name ?? '', '--bootstrap-server', server, '--certificate-dir', certificates];
    const script = `mkdir -p /tmp/environments && cd /tmp && cat >environments/${basename(file)} && exec kafkon ${whole.join(' ')}`;
    return namespace.kubectl(['exec', '-i', name, '--', 'sh', '-c', script], readFileSync(file, 'utf8'));
  }
}

function podOf(namespace: string, image: string, certificate: string): object {
  const securityContext = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
  const volumes = [
    { name: 'tmp', emptyDir: {} },
    { name: 'certificates', secret: { secretName: certificate, defaultMode: 0o440 } },
  ];
  const volumeMounts = [
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'certificates', mountPath: certificates, readOnly: true },
  ];
  const container = { name, image, command: ['sleep', '86400'], workingDir: '/kafkon', securityContext, volumeMounts };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ ...container, imagePullPolicy: 'IfNotPresent' }],
      volumes,
    },
  };
}
