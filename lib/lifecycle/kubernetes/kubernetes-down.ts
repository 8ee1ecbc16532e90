import type { Environment } from '../../model';
import { fail, LifecycleError } from '../failure';
import type { Report } from '../ports';
import { foreignObjects } from './foreign-objects';
import { isOfKind, kinds, removableKinds } from './kinds';
import { type KubernetesCluster, type KubernetesObject, type ObjectReference, referenceOf, titleOf } from './kubernetes-cluster';
import type { KubernetesPorts } from './kubernetes-ports';
import { isOwn, type KubernetesStack, ownLabels } from './kubernetes-stack';
import { stopOnKubernetes } from './kubernetes-stop';
import { kindsOf } from './kubernetes-survey';
import { liveObjects } from './kubernetes-up';
import { findNamespace, isMadeHere } from './namespace';
import { bears } from './workload';

/** How to take an environment away from Kubernetes. */
export interface KubernetesDownOptions {
  /** Kill instead of stopping: brokers recover their logs at the next start. */
  readonly force: boolean;
  /** Data goes too. */
  readonly volumes: boolean;
  /** The namespace stays, with the Secrets in it, even where data goes. @default false */
  readonly keepNamespace?: boolean;
  /** Sets this change apart from every other one. */
  readonly occasion: string;
}

/** How long the namespace may take to go, in seconds. */
const patienceSeconds = 300;

/**
 * Takes an environment away: stops it, then removes everything that bears its label, in its namespace and outside. Claims and Secrets
 * stay, unless data goes too; then the namespace goes as well, where Kafkon made it and nobody else has anything in it.
 */
export async function downOnKubernetes(
  ports: KubernetesPorts,
  stack: KubernetesStack,
  environment: Environment,
  { force, volumes, occasion, keepNamespace = false }: KubernetesDownOptions,
  report: Report,
): Promise<void> {
  const { cluster, host } = ports;
  const namespace = await findNamespace(cluster, stack.namespace);
  if (namespace === undefined) return removeOutside(ports, stack, report);
  if (!force) await stopOnKubernetes(ports, stack, environment, occasion, report);
  const live = (await liveObjects(ports, stack)).filter(
    (object) => isOwn(stack, object) && removableKinds.some((kind) => isOfKind(kind, object)),
  );
  if (live.length > 0) report(`${live.length} objects are removed`);
  await removeWithPods(cluster, stack, live, force);
  await waitUntilGone(ports, () => cluster.list(stack.namespace, [kinds.pod], ownLabels(stack)), 'pods');
  await removeOutside(ports, stack, report);
  if (!volumes) return;
  const claims = await claimsOf(ports, stack);
  for (const claim of claims) report(`${titleOf(claim)} is removed, with its data`);
  await cluster.remove(claims.map(referenceOf));
  if (keepNamespace || !isMadeHere(namespace)) return;
  const foreign = await foreignObjects(cluster, stack).catch(notSeen);
  if (foreign instanceof LifecycleError)
    return report(`the namespace ${stack.namespace} stays, since not all of it could be looked at: ${foreign.message}`);
  if (foreign.length > 0)
    return report(`the namespace ${stack.namespace} stays: ${foreign.map(titleOf).join(', ')} is not of ${stack.name}`);
  report(`the namespace ${stack.namespace} is removed`);
  const reference: ObjectReference = { ...kinds.namespace, name: stack.namespace };
  await cluster.remove([reference]);
  await waitUntilGone(
    { cluster, host },
    async () => [await cluster.find(reference)].flatMap((each) => each ?? []),
    `namespace ${stack.namespace}`,
  );
}

/**
 * Removes objects and every pod of the environment, those too that a run which was broken off left to nobody. With a StatefulSet its
 * pods would begin to stop, for as long as each says it may take; to kill them they are taken from it first.
 */
async function removeWithPods(
  cluster: KubernetesCluster,
  stack: KubernetesStack,
  live: readonly KubernetesObject[],
  force: boolean,
): Promise<void> {
  const sets = force ? live.filter((object) => isOfKind(object, kinds.statefulSet)) : [];
  await cluster.remove(sets.map(referenceOf), { orphan: true });
  await cluster.remove(live.filter((object) => !sets.includes(object)).map(referenceOf));
  const pods = await cluster.list(stack.namespace, [kinds.pod], ownLabels(stack));
  await cluster.remove(pods.map(referenceOf), force ? { graceSeconds: 1 } : {});
}

/** What nobody could look at may hold anything. */
function notSeen(error: unknown): LifecycleError {
  if (error instanceof LifecycleError) return error;
  throw error;
}

/** The claims of an environment's volumes: they bear the labels of its pods, and no other ones. */
export async function claimsOf({ cluster }: KubernetesPorts, stack: KubernetesStack): Promise<readonly KubernetesObject[]> {
  const templates = stack.objects.flatMap(({ kind, metadata, spec }) =>
    kind === kinds.statefulSet.kind
      ? ((spec as { volumeClaimTemplates?: readonly KubernetesObject[] }).volumeClaimTemplates ?? []).map((claim) => ({
          stem: `${claim.metadata.name}-${metadata.name}-`,
          labels: claim.metadata.labels ?? {},
        }))
      : [],
  );
  const all = await cluster.list(stack.namespace, [kinds.claim], { 'app.kubernetes.io/instance': stack.name });
  // A pool that is not declared any more has left claims too: only Kafkon gives them its label.
  return all.filter(
    (claim) =>
      claim.metadata.labels?.['kafkon.dev/pool'] !== undefined ||
      templates.some(
        ({ stem, labels }) =>
          claim.metadata.name.startsWith(stem) && /^\d+$/.test(claim.metadata.name.slice(stem.length)) && bears(claim, labels),
      ),
  );
}

/** What stands in no namespace is this environment's only if it has just its name, too: another copy has the same label. */
async function removeOutside({ cluster }: KubernetesPorts, stack: KubernetesStack, report: Report): Promise<void> {
  const { outside } = kindsOf(stack.objects, await cluster.kinds());
  if (outside.length === 0) return;
  const live = await cluster.list(undefined, outside, ownLabels(stack));
  const own = live.filter((object) => stack.objects.some((each) => isOfKind(each, object) && each.metadata.name === object.metadata.name));
  for (const object of own) report(`${titleOf(object)} is removed`);
  await cluster.remove(own.map(referenceOf));
}

async function waitUntilGone(
  { host }: Pick<KubernetesPorts, 'cluster' | 'host'>,
  look: () => Promise<readonly KubernetesObject[]>,
  what: string,
): Promise<void> {
  const start = host.clock();
  for (;;) {
    const left = await look();
    if (left.length === 0) return;
    if (host.clock() - start > patienceSeconds * 1000)
      fail('kubernetes/not-removed', `${what} still there after ${patienceSeconds} s: ${left.map(titleOf).join(', ')}`);
    await host.pause(1000);
  }
}
