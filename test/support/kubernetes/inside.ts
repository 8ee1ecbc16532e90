import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaConfig } from 'kafkajs';
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

/** A pod of the tools image beside the cluster, from which clients connect. It passes the restricted pod security standard. */
export async function startInsideClient(
  stage: Stage,
  image = 'kafkon/tools:0.1.0',
): Promise<(config: KafkaConfig, task: Task) => Promise<Outcome>> {
  const securityContext = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
  await stage.send([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: stage.namespace.name },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 1,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ name, image, command: ['sleep', '86400'], workingDir: '/kafkon', securityContext, imagePullPolicy: 'IfNotPresent' }],
      },
    },
  ]);
  await waitFor('the pod of the clients', async () => isReady(await stage.namespace.get<Pod>('pod', name)));
  const program = readFileSync(join(__dirname, 'inside-client.js'), 'utf8');
  return async (config, task) => {
    const whole = {
      config,
      groupId: `check-${randomUUID()}`,
      values: Array.from({ length: 5 }, () => randomUUID()),
      seconds: 60,
      ...task,
    };
    // Through standard input: there is a password in it.
    const printed = await stage.namespace.kubectl(['exec', '-i', name, '--', 'node', '-'], `${program}\nmain(${JSON.stringify(whole)});\n`);
    return JSON.parse(printed) as Outcome;
  };
}
