import type { StartedNode } from '../upgrade';
import type { LivePods } from './pods';
import { ordinalsOf, serviceOf } from './workload';

/** The nodes of Kafka that there are, each with what it was started with; of one that has no pod now, what it would start with. */
export function startedPods({ workloads, pods }: LivePods): readonly StartedNode[] {
  return workloads
    .filter(({ component }) => component === 'kafka')
    .flatMap((workload) =>
      ordinalsOf(workload).flatMap((ordinal) => {
        const service = serviceOf(workload, ordinal);
        const started = pods.find((pod) => pod.service === service)?.state?.started ?? workload.started;
        return started === undefined ? [] : [{ ...started, service }];
      }),
    );
}
