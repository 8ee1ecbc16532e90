import type { AlertTable } from '../alert';
import { above, below, increase, max, min, orZero, over, percent, plus, rate, sum } from '../promql';

/** Alerts on brokers, partitions and requests: they hold in both metadata modes. */
export const CLUSTER_ALERTS = {
  KafkaNoActiveController: {
    severity: 'critical',
    for: '2m',
    summary: ({ options }) => `Kafka cluster ${options.cluster} has no active controller`,
    description: () => 'No node says that it is the active controller: no leader can be elected and no topic changed.',
    when: ({ kafka }) => below(orZero(sum(kafka('kafka_controller_kafkacontroller_activecontrollercount'))), 1),
  },
  KafkaActiveControllerNotOne: {
    severity: 'critical',
    for: '5m',
    summary: ({ options }) => `Kafka cluster ${options.cluster} has {{ $value }} active controllers`,
    description: () => 'More than one node says that it is the active controller; their decisions may contradict each other.',
    when: ({ kafka }) => above(sum(kafka('kafka_controller_kafkacontroller_activecontrollercount')), 1),
  },
  KafkaBrokerDown: {
    severity: 'critical',
    for: '5m',
    summary: ({ options }) => `{{ $value }} of the ${options.brokers} brokers of ${options.cluster} can be reached`,
    description: ({ options }) =>
      `Fewer than ${options.brokers} brokers answer Prometheus. A planned restart of one broker is over sooner.`,
    when: ({ kafka, options }) => below(orZero(sum(kafka('up', { kafka_component: 'broker' }))), options.brokers),
  },
  KafkaBrokerNotRunning: {
    severity: 'warning',
    for: '15m',
    summary: () => 'Broker {{ $labels.instance }} is up but not in service',
    description: () => 'The broker has not reached the state 3 (running): it starts, recovers its logs or shuts down for too long.',
    when: ({ kafka }) => below(max(kafka('kafka_server_kafkaserver_brokerstate'), 'instance'), 3),
  },
  KafkaOfflinePartitions: {
    severity: 'critical',
    for: '2m',
    summary: ({ options }) => `{{ $value }} partitions of ${options.cluster} have no leader`,
    description: () => 'Partitions without a leader can be neither written nor read.',
    when: ({ kafka }) => above(max(kafka('kafka_controller_kafkacontroller_offlinepartitionscount')), 0),
  },
  KafkaUnderReplicatedPartitions: {
    severity: 'warning',
    for: '10m',
    summary: () => 'Broker {{ $labels.instance }} leads {{ $value }} under-replicated partitions',
    description: () => 'Some replicas are not in sync with their leader: a further failure comes closer to a loss.',
    when: ({ kafka }) => above(sum(kafka('kafka_server_replicamanager_underreplicatedpartitions'), 'instance'), 0),
  },
  KafkaUnderReplicatedPartitionsMany: {
    severity: 'critical',
    for: '10m',
    summary: ({ options }) => `{{ $value | printf "%.0f" }}% of the partitions of ${options.cluster} are under-replicated`,
    description: ({ thresholds }) => `More than ${thresholds.underReplicatedPercent}% of the partitions lack a replica.`,
    when: ({ kafka, thresholds }) =>
      above(
        percent(sum(kafka('kafka_server_replicamanager_underreplicatedpartitions')), sum(kafka('kafka_server_replicamanager_leadercount'))),
        thresholds.underReplicatedPercent,
      ),
  },
  KafkaUnderMinIsrPartitions: {
    severity: 'critical',
    for: '3m',
    summary: () => 'Broker {{ $labels.instance }} leads {{ $value }} partitions below min.insync.replicas',
    description: () => 'Producers that wait for all replicas cannot write to these partitions.',
    when: ({ kafka }) => above(sum(kafka('kafka_server_replicamanager_underminisrpartitioncount'), 'instance'), 0),
  },
  KafkaOfflineLogDirectory: {
    severity: 'critical',
    for: '2m',
    summary: () => 'Broker {{ $labels.instance }} has {{ $value }} offline log directories',
    description: () => 'The broker has given up on a log directory after an I/O error; its replicas are offline.',
    when: ({ kafka }) => above(max(kafka('kafka_log_logmanager_offlinelogdirectorycount'), 'instance'), 0),
  },
  KafkaUncleanLeaderElection: {
    severity: 'critical',
    for: '1m',
    summary: ({ options }) => `${options.cluster} elected a leader that was not in sync`,
    description: () => 'In the last quarter of an hour a replica outside the in-sync set became leader: acknowledged records may be lost.',
    when: ({ kafka }) => above(sum(increase(kafka('kafka_controller_controllerstats_uncleanleaderelectionspersec'), '15m')), 0),
  },
  KafkaLogCleanerDead: {
    severity: 'warning',
    for: '5m',
    summary: () => 'The log cleaner of broker {{ $labels.instance }} has died',
    description: () => 'Compacted topics, the committed offsets among them, grow without end until the broker is restarted.',
    when: ({ kafka }) => above(max(kafka('kafka_log_logcleaner_deadthreadcount'), 'instance'), 0),
  },
  KafkaErrorRateHigh: {
    severity: 'critical',
    for: '10m',
    summary: ({ options }) => `{{ $value | printf "%.1f" }}% of the requests to ${options.cluster} fail`,
    description: ({ thresholds }) => `More than ${thresholds.errorRatePercent}% of the produce and fetch requests of five minutes failed.`,
    when: ({ kafka, thresholds }) => {
      const failed = plus(
        sum(rate(kafka('kafka_server_brokertopicmetrics_failedproducerequestspersec'), '5m')),
        sum(rate(kafka('kafka_server_brokertopicmetrics_failedfetchrequestspersec'), '5m')),
      );
      const all = plus(
        sum(rate(kafka('kafka_server_brokertopicmetrics_totalproducerequestspersec'), '5m')),
        sum(rate(kafka('kafka_server_brokertopicmetrics_totalfetchrequestspersec'), '5m')),
      );
      return above(percent(failed, all), thresholds.errorRatePercent);
    },
  },
  KafkaRequestLatencyHigh: {
    severity: 'warning',
    for: '10m',
    summary: () => 'Broker {{ $labels.instance }} takes {{ $value }} ms for a produce request',
    description: ({ thresholds }) => `One of a hundred produce requests takes longer than ${thresholds.produceLatencyMs} ms.`,
    when: ({ kafka, thresholds }) =>
      above(
        max(kafka('kafka_network_requestmetrics_totaltimems', { request: 'Produce', percentile: '99' }), 'instance'),
        thresholds.produceLatencyMs,
      ),
  },
  KafkaRequestHandlersBusy: {
    severity: 'warning',
    for: '15m',
    summary: () => 'The request handlers of broker {{ $labels.instance }} are hardly ever idle',
    description: () => 'The request handlers are idle less than a fifth of the time: requests queue up.',
    when: ({ kafka }) => below(min(kafka('kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent'), 'instance'), 0.2),
  },
  KafkaFileDescriptorsShort: {
    severity: 'critical',
    for: '10m',
    summary: () => '{{ $labels.instance }} uses {{ $value | printf "%.0f" }}% of its file descriptors',
    description: () => 'Without file descriptors a broker can neither open segments nor accept connections, and stops.',
    when: ({ kafka }) => above(percent(max(kafka('process_open_fds'), 'instance'), max(kafka('process_max_fds'), 'instance')), 85),
  },
  KafkaGarbageCollectionLong: {
    severity: 'warning',
    for: '15m',
    summary: () => '{{ $labels.instance }} spends {{ $value | printf "%.0f" }}% of its time collecting garbage',
    description: () => 'The heap is too small for the load; sessions may expire while the process stands still.',
    when: ({ kafka }) => above(over(sum(rate(kafka('java_lang_garbagecollector_collectiontime'), '5m'), 'instance'), 10), 20),
  },
} as const satisfies AlertTable;
