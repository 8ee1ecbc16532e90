import type { MonitoringOptions } from '../../../lib/runtime/metrics';
import type { InputSeries } from './promtool';
import { series } from './promtool';

const PLATFORM = {
  cluster: 'orders',
  brokers: 3,
  lagExporter: true,
  volumes: { namespace: 'kafka', claims: 'data-broker-.*' },
} as const;

/** Three brokers on three ZooKeepers. */
export const ZOOKEEPER: MonitoringOptions = { ...PLATFORM, metadata: 'zookeeper', zookeepers: 3 };

/** Three brokers and three controllers. */
export const KRAFT: MonitoringOptions = { ...PLATFORM, metadata: 'kraft', controllers: 3 };

type Values = Readonly<Record<string, readonly [value: number, step?: number]>>;

const JVM: Values = { up: [1], jmx_scrape_error: [0], process_open_fds: [200], process_max_fds: [1000] };

const BROKER: Values = {
  ...JVM,
  kafka_server_kafkaserver_brokerstate: [3],
  kafka_server_replicamanager_underreplicatedpartitions: [0],
  kafka_server_replicamanager_underminisrpartitioncount: [0],
  kafka_server_replicamanager_leadercount: [100],
  kafka_log_logmanager_offlinelogdirectorycount: [0],
  kafka_log_logcleaner_deadthreadcount: [0],
  kafka_server_brokertopicmetrics_totalproducerequestspersec: [0, 300],
  kafka_server_brokertopicmetrics_totalfetchrequestspersec: [0, 300],
  kafka_server_brokertopicmetrics_failedproducerequestspersec: [0, 1],
  kafka_server_brokertopicmetrics_failedfetchrequestspersec: [0, 1],
  kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent: [0.9],
};

const CONTROLLER: Values = {
  kafka_controller_kafkacontroller_offlinepartitionscount: [0],
  kafka_controller_controllerstats_uncleanleaderelectionspersec: [0],
};

const target = (kafka_component: string, instance: string) => ({ kafka_cluster: 'orders', kafka_component, instance });

function member(component: string, instance: string, values: Values): readonly InputSeries[] {
  return Object.entries(values).map(([name, [from, step]]) => series(name, target(component, instance), from, step));
}

function broker(id: number, more: Values): readonly InputSeries[] {
  const labels = target('broker', `broker-${id}`);
  return [
    ...member('broker', `broker-${id}`, { ...BROKER, ...more }),
    series('kafka_network_requestmetrics_totaltimems', { ...labels, request: 'Produce', percentile: '99' }, 20),
    series('java_lang_garbagecollector_collectiontime', { ...labels, gc: 'G1 Young Generation' }, 0, 100),
  ];
}

const active = (id: number): Values => ({ kafka_controller_kafkacontroller_activecontrollercount: [id === 0 ? 1 : 0] });

const SURROUNDINGS: readonly InputSeries[] = [
  ...member('lag-exporter', 'lag', { up: [1] }),
  ...['billing', 'search'].map((group) => series('kafka_consumergroup_group_sum_lag', { ...target('lag-exporter', 'lag'), group }, 100)),
  ...[0, 1, 2].flatMap((id) => {
    const labels = { namespace: 'kafka', persistentvolumeclaim: `data-broker-${id}` };
    return [
      series('kubelet_volume_stats_used_bytes', labels, 40),
      series('kubelet_volume_stats_available_bytes', labels, 60),
      series('kubelet_volume_stats_capacity_bytes', labels, 100),
    ];
  }),
  // Another cluster and another namespace in trouble are none of our business.
  series('up', { kafka_cluster: 'payments', kafka_component: 'broker', instance: 'broker-0' }, 0),
  series('kafka_controller_kafkacontroller_offlinepartitionscount', { ...target('broker', 'broker-0'), kafka_cluster: 'payments' }, 9),
  series('kubelet_volume_stats_used_bytes', { namespace: 'other', persistentvolumeclaim: 'data-broker-0' }, 99),
  series('kubelet_volume_stats_capacity_bytes', { namespace: 'other', persistentvolumeclaim: 'data-broker-0' }, 100),
];

/** Eight hours of a cluster on ZooKeeper with nothing to complain of. */
export const HEALTHY_ZOOKEEPER: readonly InputSeries[] = [
  ...[0, 1, 2].flatMap((id) =>
    broker(id, { ...CONTROLLER, ...active(id), kafka_server_sessionexpirelistener_zookeeperexpirespersec: [0] }),
  ),
  ...[0, 1, 2].flatMap((id) => [
    ...member('zookeeper', `zookeeper-${id}`, { ...JVM, zookeeper_outstandingrequests: [0] }),
    series('zookeeper_server_serving', { ...target('zookeeper', `zookeeper-${id}`), role: id === 0 ? 'leader' : 'follower' }, 1),
  ]),
  ...SURROUNDINGS,
];

/** Eight hours of a KRaft cluster with nothing to complain of. */
export const HEALTHY_KRAFT: readonly InputSeries[] = [
  ...[0, 1, 2].flatMap((id) =>
    broker(id, {
      kafka_server_broker_metadata_metrics_last_applied_record_lag_ms: [400],
      kafka_server_broker_metadata_metrics_metadata_load_error_count: [0],
      kafka_server_broker_metadata_metrics_metadata_apply_error_count: [0],
    }),
  ),
  ...[0, 1, 2].flatMap((id) =>
    member('controller', `controller-${id}`, {
      ...JVM,
      ...CONTROLLER,
      ...active(id),
      kafka_server_raft_metrics_current_leader: [100],
      kafka_controller_kafkacontroller_fencedbrokercount: [0],
      kafka_controller_kafkacontroller_metadataerrorcount: [0],
      kafka_controller_kafkacontroller_lastappliedrecordlagms: [300],
    }),
  ),
  ...SURROUNDINGS,
];
