import { type Environment, type Problem, scaleInAnnotation, scaleInConfirmation } from '../../model';
import { machineProblem } from '../failure';
import type { KubernetesCluster, KubernetesObject } from './kubernetes-cluster';
import { isOwn, type KubernetesStack } from './kubernetes-stack';
import { ordinalsOf, type Workload, workloadOf } from './workload';

/** A node that is there and would not be any more. */
export interface LeavingNode {
  readonly workload: Workload;
  readonly id: number;
  /** `kafka-4` */
  readonly service: string;
  readonly pod: string;
}

/** The nodes of Kafka and ZooKeeper that a cluster has and a stack lacks, stopped ones too. */
export function leavingNodes(stack: KubernetesStack, live: readonly KubernetesObject[]): readonly LeavingNode[] {
  return live.flatMap((object) => {
    const workload = isOwn(stack, object) ? workloadOf(object) : undefined;
    if (workload?.nodes !== true) return [];
    const declared = stack.workloads.find(({ name, reference }) => name === workload.name && reference.kind === workload.reference.kind);
    const stay = new Set(declared === undefined ? [] : ordinalsOf(declared));
    return ordinalsOf(workload)
      .filter((id) => !stay.has(id))
      .map((id) => ({ workload, id, service: `${workload.component}-${id}`, pod: `${workload.name}-${id}` }));
  });
}

const replicaCount = 'kafka_server_replicamanager_partitioncount';

/** How many replicas a broker holds, by its own account; undefined where it does not say. */
function readReplicaCount(metrics: string | undefined): number | undefined {
  const found = new RegExp(`^${replicaCount}(?:\\{[^}]*\\})? ([\\d.Ee+]+)$`, 'm').exec(metrics ?? '');
  return found === null ? undefined : Number(found[1]);
}

/** Which nodes may leave, and how sure to be. */
export interface LeaveConsent {
  /** The services that may go: `kafka-4`. */
  readonly remove: readonly string[];
  /** Also brokers that hold replicas, or of which nobody knows. */
  readonly force: boolean;
}

/**
 * Why nodes may not leave. A broker that says itself that it holds no replica may; one that holds some, or does not say, needs to be
 * named and forced. Of a controller or a ZooKeeper server nobody can tell by asking it alone: those need to be named.
 */
export async function scaleInProblems(
  cluster: KubernetesCluster,
  { namespace }: KubernetesStack,
  leaving: readonly LeavingNode[],
  { monitoring }: Environment,
  { remove, force }: LeaveConsent,
): Promise<readonly Problem[]> {
  const found = await Promise.all(
    leaving.map(async ({ workload: { roles }, service, pod }): Promise<string | undefined> => {
      const named = remove.includes(service);
      if (named && force) return undefined;
      const brokerAlone = roles.includes('broker') && !roles.includes('controller');
      const quorum = named || brokerAlone ? undefined : quorumRefusal(service);
      if (!roles.includes('broker')) return quorum;
      const path = `/metrics?name%5B%5D=${replicaCount}`;
      const held = monitoring.enabled ? readReplicaCount(await cluster.ask(namespace, pod, monitoring.metricsPort, path)) : undefined;
      if (held === 0) return quorum;
      const ids = leaving.map(({ id }) => id).join(',');
      return (
        `${service} is no longer in the environment and ${held === undefined ? 'does not tell whether it holds replicas' : `holds ${held} replicas`}; ` +
        `move them to the others with "kafkon brokers <environment> rebalance --empty ${ids}", or give --remove ${service} --force to lose what only it has`
      );
    }),
  );
  return found.flatMap((message) => (message === undefined ? [] : [machineProblem('kubernetes/scale-in', message)]));
}

function quorumRefusal(service: string): string {
  return `${service} is no longer in the environment and is one of those that keep the metadata; see that the others are a majority without it, and give --remove ${service}`;
}

/** The objects with the confirmation that the cluster asks for where nodes leave. `occasion` sets it apart from earlier ones. */
export function confirmScaleIn(
  objects: readonly KubernetesObject[],
  live: readonly KubernetesObject[],
  leaving: readonly LeavingNode[],
  occasion: string,
): readonly KubernetesObject[] {
  return objects.map((object) => {
    const after = workloadOf(object);
    const before = leaving.find(({ workload }) => workload.name === after?.name && workload.reference.kind === object.kind)?.workload;
    const there = live.some(({ kind, metadata: { name } }) => kind === object.kind && name === object.metadata.name);
    if (after === undefined || before === undefined || before.replicas === 0 || !there) return object;
    const value = scaleInConfirmation(before.replicas, after.replicas, occasion);
    return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [scaleInAnnotation]: value } } };
  });
}
