import type { Execution } from '../engine';
import { fail } from '../failure';
import type { Report } from '../ports';
import { isOfKind, kinds } from './kinds';
import { type KubernetesObject, type ObjectReference, referenceOf } from './kubernetes-cluster';
import type { KubernetesPorts } from './kubernetes-ports';
import type { KubernetesStack } from './kubernetes-stack';
import { podStateOf } from './pod-state';

/** How a backup is made from inside. */
export interface InsideBackupOptions {
  /** Sets the pod apart from every other one: small letters and digits. */
  readonly occasion: string;
  /** How long the pod may take to begin, in seconds. */
  readonly timeoutSeconds: number;
}

/** Whatever becomes of this program, the pod ends after so many seconds. */
const lifetimeSeconds = 3600;
const file = '/tmp/backup.json';

interface JobObject {
  readonly spec: {
    readonly template: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly ContainerSpec[] };
    };
  };
}

interface ContainerSpec {
  readonly command?: readonly string[];
}

/**
 * The text of a backup of what the cluster knows. Its brokers have names inside alone, so it is made by a pod like the convergence's,
 * with its image, certificate and leave of the network; the pod is removed again.
 */
export async function backupInside(
  ports: KubernetesPorts,
  stack: KubernetesStack,
  { occasion, timeoutSeconds }: InsideBackupOptions,
  report: Report,
): Promise<string> {
  const { cluster } = ports;
  const job = stack.objects.find((object) => isOfKind(object, kinds.job));
  const { pod, words } = backupPod(stack, job, occasion);
  const reference = referenceOf(pod);
  const { name } = reference;
  report(`${name} is made for the backup`);
  try {
    await cluster.create(pod);
    await waitReady(ports, reference, timeoutSeconds);
    succeed(await cluster.run(stack.namespace, name, words));
    return succeed(await cluster.run(stack.namespace, name, ['cat', file]));
  } finally {
    await cluster.remove([reference], { graceSeconds: 1 });
  }
}

/** A pod that waits to be told, and the words that make the backup in it. */
function backupPod(stack: KubernetesStack, job: KubernetesObject | undefined, occasion: string) {
  const { metadata = {}, spec } = (job as unknown as JobObject | undefined)?.spec.template ?? {};
  const [container] = spec?.containers ?? [];
  const [program, verb, ...access] = container?.command ?? [];
  if (spec === undefined || program === undefined || verb !== 'apply')
    return fail(
      'kubernetes/no-backup',
      `${stack.name} has no convergence to make the backup as; make one with "kafkon backup create" and name --bootstrap-server`,
    );
  const pod: KubernetesObject = {
    ...kinds.pod,
    metadata: { name: `kafkon-backup-${occasion}`, namespace: stack.namespace, labels: metadata.labels ?? {} },
    spec: {
      ...spec,
      activeDeadlineSeconds: lifetimeSeconds,
      terminationGracePeriodSeconds: 1,
      containers: [{ ...container, command: ['sleep', String(lifetimeSeconds)] }],
    },
  };
  return { pod, words: [program, 'backup', 'create', '--metadata', ...access, '--out', file] };
}

async function waitReady({ cluster, host }: KubernetesPorts, reference: ObjectReference, timeoutSeconds: number): Promise<void> {
  const start = host.clock();
  for (;;) {
    const found = await cluster.find(reference);
    const state = found === undefined ? undefined : podStateOf(found);
    if (state?.ready === true) return;
    if (state?.trouble?.outlook === 'hopeless' || host.clock() - start > timeoutSeconds * 1000)
      fail('kubernetes/no-backup', `the pod ${reference.name} does not come up: ${state?.trouble?.reason ?? 'it is not there'}`);
    await host.pause(1000);
  }
}

function succeed({ code, output }: Execution): string {
  if (code === 0) return output;
  const last = output.trim().split('\n').at(-1);
  return fail('kubernetes/no-backup', `the backup was not made: ${last === undefined || last === '' ? `exit code ${code}` : last}`);
}
