import type { Environment } from '../../model';
import { readMetrics } from '../observe';
import { type NodeMetrics, nodeMetricsPath, readNodeMetrics } from '../partition-state';
import type { NodeIdentity, ObservedNode } from '../rolling-order';
import type { KubernetesCluster } from './kubernetes-cluster';
import type { KubernetesStack } from './kubernetes-stack';
import type { LivePods, PodOfWorkload } from './pods';

/** A pod of Kafka or ZooKeeper as it is, and what it says of itself. */
export interface ObservedPod extends ObservedNode<NodeIdentity> {
  readonly pod: PodOfWorkload;
}

/**
 * Asks every node how it is, by way of the API server; where that is not let through, such as by a policy of the network, a command
 * in the pod asks.
 */
export async function observePods(
  cluster: KubernetesCluster,
  { namespace }: Pick<KubernetesStack, 'namespace'>,
  environment: Environment,
  { pods }: LivePods,
): Promise<readonly ObservedPod[]> {
  return Promise.all(
    pods
      .filter(({ workload }) => workload.nodes)
      .map(async (pod): Promise<ObservedPod> => {
        const { workload, service, node, name, state } = pod;
        const ready = state?.ready === true;
        const silent = !ready || workload.component !== 'kafka';
        return {
          pod,
          container: { service, component: workload.component, ...(node === undefined ? {} : { node }) },
          ready,
          metrics: silent ? undefined : await metricsOf(cluster, namespace, name, environment),
        };
      }),
  );
}

async function metricsOf(
  cluster: KubernetesCluster,
  namespace: string,
  pod: string,
  environment: Environment,
): Promise<NodeMetrics | undefined> {
  const { enabled, metricsPort } = environment.monitoring;
  if (!enabled) return undefined;
  const answer = await cluster.ask(namespace, pod, metricsPort, nodeMetricsPath);
  if (answer !== undefined) return readNodeMetrics(answer);
  return readMetrics({ run: (name, command) => cluster.run(namespace, name, command) }, pod, environment);
}
