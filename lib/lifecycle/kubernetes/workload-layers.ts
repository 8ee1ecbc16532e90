import { stopGroups } from '../stop-groups';
import { ordinalsOf, type Workload } from './workload';

/** What stands on what: ZooKeeper below the controllers, those below the brokers, and every other program on top. */
const layers: readonly ((workload: Workload) => boolean)[] = [
  ({ component, nodes }) => nodes && component === 'zookeeper',
  ({ nodes, roles }) => nodes && !roles.includes('broker'),
  ({ nodes }) => nodes,
  () => true,
];

/** Workloads from the bottom up; each group starts when the one before it is ready. */
export function startLayers(workloads: readonly Workload[]): readonly (readonly Workload[])[] {
  const of = (workload: Workload) => layers.findIndex((belongs) => belongs(workload));
  return layers.map((_, index) => workloads.filter((workload) => of(workload) === index)).filter((layer) => layer.length > 0);
}

/** One step of a stop: how many pods each of some workloads is left with. */
export type StopStep = readonly { readonly workload: Workload; readonly replicas: number }[];

/**
 * The steps of a stop, from the top down. Programs go at once; nodes one by one, from the highest id of a StatefulSet, which is the one
 * that goes first when it shrinks, and the StatefulSet of the active controller last. Controllers that are left when they could elect
 * nobody go together: alone, each would wait in vain for somebody to take over.
 */
export function stopSteps(workloads: readonly Workload[], controller: number | undefined): readonly StopStep[] {
  const running = workloads.filter(({ replicas }) => replicas > 0);
  const nodes = running.flatMap((workload) => nodesOf(workload));
  return [...startLayers(running)].reverse().flatMap((layer): readonly StopStep[] => {
    if (layer.some((workload) => !workload.nodes)) return [layer.map((workload) => ({ workload, replicas: 0 }))];
    const leads = ({ start, replicas }: Workload) => controller !== undefined && controller >= start && controller < start + replicas;
    const order = [...layer]
      .sort((a, b) => Number(leads(a)) - Number(leads(b)) || b.start - a.start)
      .flatMap((workload) => [...nodesOf(workload)].reverse());
    return stopGroups(order, nodes).map((group) => {
      const left = new Map<Workload, number>();
      for (const { workload, id } of group) left.set(workload, id - workload.start);
      return [...left].map(([workload, replicas]) => ({ workload, replicas }));
    });
  });
}

function nodesOf(workload: Workload) {
  const { component, roles, stoppedReplicas: _, ...rest } = workload;
  return ordinalsOf({ component, roles, ...rest }).map((id) => ({ component, roles, workload, id }));
}
