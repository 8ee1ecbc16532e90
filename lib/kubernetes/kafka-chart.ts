import type { Construct } from 'constructs';
import type { Environment } from '../model';
import { Companions } from './companions';
import { Convergence } from './convergence';
import { EnvironmentChart } from './environment-chart';
import { KafkaCluster } from './kafka-cluster';
import { MetadataBackup } from './metadata-backup';
import { Monitoring } from './monitoring';
import { NetworkPolicies } from './network-policies';
import { ScaleInPolicy } from './scale-in-policy';
import { ZookeeperEnsemble } from './zookeeper-ensemble';

/** Properties of `KafkaChart`. */
export interface KafkaChartProps {
  /** The environment, as `parseEnvironment` or a file gave it. */
  readonly environment: Environment;
}

/** One whole environment: its namespace, ZooKeeper where it has one, Kafka, and everything that stands beside them. */
export class KafkaChart extends EnvironmentChart {
  /** The cluster, to add to. */
  readonly cluster: KafkaCluster;

  constructor(scope: Construct, id: string, { environment }: KafkaChartProps) {
    super(scope, id, environment);
    const whole = { environment };
    const zookeeper = environment.metadata.mode === 'zookeeper' ? new ZookeeperEnsemble(this, 'Zookeeper', whole) : undefined;
    this.cluster = new KafkaCluster(this, 'Kafka', zookeeper === undefined ? whole : { ...whole, zookeeper });
    const { cluster } = this;
    const { createNamespace: mayLeaveNamespace, scaleInPolicy = mayLeaveNamespace } = environment.platform.kubernetes;
    if (scaleInPolicy) new ScaleInPolicy(this, 'ScaleInPolicy', { cluster });
    new NetworkPolicies(this, 'NetworkPolicies', { cluster });
    new Companions(this, 'Companions', { cluster });
    new Monitoring(this, 'Monitoring', { cluster });
    new Convergence(this, 'Convergence', { cluster });
    if (environment.backup?.metadata !== undefined) new MetadataBackup(this, 'MetadataBackup', { cluster });
  }
}
