import { isOfKind, kinds } from './kinds';
import type { KubernetesCluster, KubernetesObject } from './kubernetes-cluster';
import { type KubernetesStack, ownLabels } from './kubernetes-stack';
import { type PodState, podStateOf } from './pod-state';
import { bears, ordinalIn, ordinalsOf, serviceOf, type Workload, workloadOf } from './workload';

/** A pod that there should be, and what there is of it. */
export interface PodOfWorkload {
  readonly workload: Workload;
  readonly service: string;
  /** The id of a node. */
  readonly node?: number;
  /** The pod's name; of a Deployment's, the workload's where there is none. */
  readonly name: string;
  readonly state: PodState | undefined;
}

/** An environment's workloads and pods as they are. */
export interface LivePods {
  readonly workloads: readonly Workload[];
  readonly pods: readonly PodOfWorkload[];
  /** Deployments whose pods are not all of the newest kind yet, by name. */
  readonly rolling: ReadonlySet<string>;
}

/** What an environment runs, asked in one question. */
export async function livePods(cluster: KubernetesCluster, stack: Pick<KubernetesStack, 'name' | 'namespace'>): Promise<LivePods> {
  const objects = await cluster.list(stack.namespace, [kinds.statefulSet, kinds.deployment, kinds.pod], ownLabels(stack));
  const workloads = objects.flatMap((object) => workloadOf(object) ?? []);
  const states = objects.filter((object) => isOfKind(object, kinds.pod));
  return {
    workloads,
    pods: workloads.flatMap((workload) => podsOf(workload, states)),
    rolling: new Set(objects.filter(isRolling).map(({ metadata }) => metadata.name)),
  };
}

function podsOf(workload: Workload, objects: readonly KubernetesObject[]): readonly PodOfWorkload[] {
  const own = objects.filter((object) => bears(object, workload.selector));
  if (workload.reference.kind === kinds.statefulSet.kind) {
    const expected = workload.replicas === 0 ? [] : ordinalsOf({ ...workload, stoppedReplicas: 0 });
    const there = own.flatMap(({ metadata: { name } }) => ordinalIn(workload, name) ?? []);
    return [...new Set([...expected, ...there])]
      .sort((a, b) => a - b)
      .map((ordinal) => {
        const name = `${workload.name}-${ordinal}`;
        const found = own.find((object) => object.metadata.name === name);
        return {
          workload,
          service: serviceOf(workload, ordinal),
          ...(workload.nodes ? { node: ordinal } : {}),
          name,
          state: found === undefined ? undefined : podStateOf(found),
        };
      });
  }
  const pods = own.map((object) => ({ workload, service: workload.component, name: object.metadata.name, state: podStateOf(object) }));
  if (pods.length > 0 || workload.replicas === 0) return pods;
  return [{ workload, service: workload.component, name: workload.name, state: undefined }];
}

interface DeploymentObject {
  readonly metadata: { readonly generation?: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly replicas?: number;
  };
}

/** A Deployment replaces its pods by itself; until it is done, some are old. */
function isRolling(object: KubernetesObject): boolean {
  if (object.kind !== kinds.deployment.kind) return false;
  const { metadata, spec, status = {} } = object as unknown as DeploymentObject;
  const wanted = spec.replicas ?? 1;
  return (
    (status.observedGeneration ?? 0) < (metadata.generation ?? 0) ||
    (status.updatedReplicas ?? 0) < wanted ||
    (status.availableReplicas ?? 0) < wanted ||
    (status.replicas ?? 0) > wanted
  );
}

/** Whether a pod of nodes was made from something else than its StatefulSet says now. */
export function isPodBehind({ workload, state }: PodOfWorkload): boolean {
  if (state === undefined || !workload.nodes) return false;
  const differs = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b;
  return differs(state.contentHash, workload.contentHash) || differs(state.revision, workload.revision);
}
