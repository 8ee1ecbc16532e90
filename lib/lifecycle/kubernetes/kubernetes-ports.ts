import type { Host } from '../host';
import type { KubernetesCluster } from './kubernetes-cluster';

/** Everything outside that the life cycle on Kubernetes acts on. */
export interface KubernetesPorts {
  readonly cluster: KubernetesCluster;
  readonly host: Pick<Host, 'clock' | 'pause'>;
}
