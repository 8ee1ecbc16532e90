import type { Construct } from 'constructs';
import { hasConvergence } from '../../model';
import { Companions } from '../companions';
import { Convergence } from '../convergence';
import { EnvironmentChart } from '../environment-chart';
import type { KafkaChartProps } from '../kafka-chart';
import { MetadataBackup } from '../metadata-backup';
import { Monitoring } from '../monitoring';
import { NetworkPolicies } from '../network-policies';
import { StrimziCluster } from './strimzi-cluster';

/** One whole environment whose cluster the Strimzi operator runs, and everything that stands beside it. */
export class StrimziChart extends EnvironmentChart {
  readonly cluster: StrimziCluster;

  constructor(scope: Construct, id: string, { environment }: KafkaChartProps) {
    super(scope, id, environment);
    this.cluster = new StrimziCluster(this, 'Kafka', { environment });
    const { cluster } = this;
    new NetworkPolicies(this, 'NetworkPolicies', { cluster });
    new Companions(this, 'Companions', { cluster });
    new Monitoring(this, 'Monitoring', { cluster });
    if (environment.backup?.metadata !== undefined) new MetadataBackup(this, 'MetadataBackup', { cluster });
    if (hasConvergence(environment)) new Convergence(this, 'Convergence', { cluster });
  }
}
