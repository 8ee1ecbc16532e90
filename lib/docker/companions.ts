import { Construct } from 'constructs';
import { companionProcesses, type Process } from '../runtime';
import type { KafkaCluster } from './kafka-cluster';
import { createProcessGroup } from './process-group';

/** Properties of `Companions`. */
export interface CompanionsProps {
  /** The cluster they stand beside. */
  readonly cluster: KafkaCluster;
}

/** `Monitoring` runs these. */
const watchers: readonly Process['component'][] = ['prometheus', 'grafana'];

/** Whether a companion watches the cluster, or is a program for its users. */
export function isWatcher({ component }: Pick<Process, 'component'>): boolean {
  return watchers.includes(component);
}

/**
 * The programs beside a cluster: Schema Registry, Connect, Kafka UI, ksqlDB, REST Proxy, Redis, the lag exporter and MirrorMaker, each
 * one that the environment declares, as one container: a single machine gains nothing by several.
 */
export class Companions extends Construct {
  constructor(scope: Construct, id: string, { cluster }: CompanionsProps) {
    super(scope, id);
    const { environment, addressing, networks } = cluster;
    if (environment === undefined || addressing === undefined) return;
    const processes = companionProcesses(environment, addressing).filter((process) => !isWatcher(process));
    createProcessGroup(this, { environment, stem: 'companions', processes, networks });
  }
}
