import { Construct } from 'constructs';
import { type AlertThresholds, companionProcesses } from '../runtime';
import { isWatcher } from './companions';
import type { KafkaCluster } from './kafka-cluster';
import { createProcessGroup } from './process-group';

/** Properties of `Monitoring`. */
export interface MonitoringProps {
  /** The cluster that is watched. */
  readonly cluster: KafkaCluster;
  /** When to call somebody. @default - those of the environment */
  readonly thresholds?: Partial<AlertThresholds>;
}

/**
 * Prometheus, which scrapes every node and knows the alert rules, and Grafana with its data source and dashboards: those of the two
 * that the environment declares as companions. Unlike a Kubernetes cluster a Docker host has none of its own.
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { cluster, thresholds = {} }: MonitoringProps) {
    super(scope, id);
    const { environment, addressing, networks } = cluster;
    if (environment === undefined || addressing === undefined) return;
    const { monitoring } = environment;
    const watched = { ...environment, monitoring: { ...monitoring, thresholds: { ...monitoring.thresholds, ...thresholds } } };
    const processes = companionProcesses(watched, addressing).filter(isWatcher);
    createProcessGroup(this, { environment, stem: 'monitoring', processes, networks });
  }
}
