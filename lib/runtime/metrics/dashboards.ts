import { BROKER_PERFORMANCE } from './dashboards/broker-performance';
import { CLUSTER_OVERVIEW } from './dashboards/cluster-overview';
import { CONSUMER_LAG } from './dashboards/consumer-lag';
import { dashboardOf } from './dashboards/dashboard';
import type { Dashboard } from './dashboards/model';
import { TOPICS } from './dashboards/topics';
import { ZOOKEEPER_CLUSTER } from './dashboards/zookeeper-cluster';
import type { MonitoringOptions } from './options';

/** The dashboards of a cluster as Grafana's JSON; those of a lag exporter or a ZooKeeper that is not there are left out. */
export function dashboards(options: MonitoringOptions): readonly Dashboard[] {
  const specs = [
    CLUSTER_OVERVIEW,
    TOPICS,
    BROKER_PERFORMANCE,
    ...(options.lagExporter === true ? [CONSUMER_LAG] : []),
    ...(options.metadata === 'zookeeper' && (options.zookeepers ?? 0) > 0 ? [ZOOKEEPER_CLUSTER] : []),
  ];
  return specs.map((spec) => dashboardOf(spec, options));
}
