import { max, min, over, percent, rate, sum } from '../promql';
import type { DashboardSpec } from './dashboard';
import type { PanelSpec } from './panel';
import { by, named, RATE_WINDOW } from './panel';

/** Why is a broker slow? Requests, threads, disks, replication and the JVM, broker by broker. */
export const BROKER_PERFORMANCE: DashboardSpec = {
  id: 'kafka-broker-performance',
  title: 'Broker Performance',
  description: 'Requests, latencies, threads, disks, replication and the JVM of each broker.',
  choices: ({ kafka }) => [{ name: 'instance', label: 'Broker', of: kafka('kafka_server_kafkaserver_brokerstate') }],
  panels: ({ kafka, options, thresholds }) => {
    const chosen = { instance: { matches: '$instance' } } as const;
    const p99 = (request: string) =>
      by(max(kafka('kafka_network_requestmetrics_totaltimems', { ...chosen, request, percentile: '99' }), 'instance'), 'instance');
    const phases = (request: string) =>
      by(max(kafka('kafka_network_requestmetrics_phase_p99_ms', { ...chosen, request }), 'phase', 'instance'), 'instance', 'phase');
    const panels: PanelSpec[] = [
      {
        title: 'Request rate',
        description: 'Requests answered per second, by kind.',
        unit: 'reqps',
        series: [by(sum(rate(kafka('kafka_network_requestmetrics_totaltimems_count', chosen), RATE_WINDOW), 'request'), 'request')],
      },
      {
        title: 'Produce latency, 99th percentile',
        description: `Milliseconds from arrival to answer; ${thresholds.produceLatencyMs} is worth a look.`,
        unit: 'ms',
        redAbove: thresholds.produceLatencyMs,
        series: [p99('Produce')],
      },
      {
        title: 'Consumer fetch latency, 99th percentile',
        description: 'Includes the wait for new records, half a second by default on an idle topic.',
        unit: 'ms',
        series: [p99('FetchConsumer')],
      },
      {
        title: 'Produce by phase',
        description: 'Where a produce request spends its time: queue, local disk, followers, answer.',
        unit: 'ms',
        series: [phases('Produce')],
      },
      { title: 'Fetch by phase', description: 'Where a consumer fetch spends its time.', unit: 'ms', series: [phases('FetchConsumer')] },
      {
        title: 'Requests waiting',
        description: 'Requests that wait for a handler.',
        unit: 'short',
        series: [by(max(kafka('kafka_network_requestchannel_requestqueuesize', chosen), 'instance'), 'instance')],
      },
      {
        title: 'Idle threads',
        description: 'Share of time that request handlers and network threads are idle; below 0.2 a broker is overloaded.',
        unit: 'percentunit',
        series: [
          named(
            'handlers',
            min(kafka('kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent', chosen), 'instance'),
            'instance',
          ),
          named('network', min(kafka('kafka_network_socketserver_networkprocessoravgidlepercent', chosen), 'instance'), 'instance'),
        ],
      },
      {
        title: 'Connections',
        description: 'Open connections, by broker and listener.',
        unit: 'short',
        series: [
          by(sum(kafka('kafka_server_socket_server_metrics_connection_count', chosen), 'instance', 'listener'), 'instance', 'listener'),
        ],
      },
      {
        title: 'Failed authentications',
        description: 'Connections refused per second, by listener.',
        unit: 'short',
        series: [
          by(sum(rate(kafka('kafka_server_socket_server_metrics_failed_authentication', chosen), RATE_WINDOW), 'listener'), 'listener'),
        ],
      },
      {
        title: 'Disk I/O',
        description: 'Bytes per second that the broker reads from and writes to disk; reads are consumers that are behind.',
        unit: 'Bps',
        series: [
          named('read', sum(rate(kafka('kafka_server_kafkaserver_linux_disk_read_bytes', chosen), RATE_WINDOW), 'instance'), 'instance'),
          named(
            'written',
            sum(rate(kafka('kafka_server_kafkaserver_linux_disk_write_bytes', chosen), RATE_WINDOW), 'instance'),
            'instance',
          ),
        ],
      },
      {
        title: 'Replication traffic',
        description: 'Bytes per second between brokers.',
        unit: 'Bps',
        series: [
          named(
            'in',
            sum(rate(kafka('kafka_server_brokertopicmetrics_replicationbytesinpersec', chosen), RATE_WINDOW), 'instance'),
            'instance',
          ),
          named(
            'out',
            sum(rate(kafka('kafka_server_brokertopicmetrics_replicationbytesoutpersec', chosen), RATE_WINDOW), 'instance'),
            'instance',
          ),
        ],
      },
      {
        title: 'In-sync replicas',
        description: 'Replicas per second that fell out of sync and came back; the largest follower lag.',
        unit: 'short',
        series: [
          named('shrinks', sum(rate(kafka('kafka_server_replicamanager_isrshrinkspersec', chosen), RATE_WINDOW), 'instance'), 'instance'),
          named('expands', sum(rate(kafka('kafka_server_replicamanager_isrexpandspersec', chosen), RATE_WINDOW), 'instance'), 'instance'),
          named('lag', max(kafka('kafka_server_replicafetchermanager_maxlag', chosen), 'instance'), 'instance'),
        ],
      },
      {
        title: 'Heap',
        description: 'Share of the heap in use.',
        unit: 'percent',
        series: [
          by(
            percent(
              max(kafka('java_lang_memory_heapmemoryusage_used', chosen), 'instance'),
              max(kafka('java_lang_memory_heapmemoryusage_max', chosen), 'instance'),
            ),
            'instance',
          ),
        ],
      },
      {
        title: 'Garbage collection',
        description: 'Share of time spent collecting garbage.',
        unit: 'percent',
        series: [by(over(sum(rate(kafka('java_lang_garbagecollector_collectiontime', chosen), RATE_WINDOW), 'instance'), 10), 'instance')],
      },
      {
        title: 'CPU',
        description: 'Cores that the process uses.',
        unit: 'short',
        series: [by(max(rate(kafka('process_cpu_seconds_total', chosen), RATE_WINDOW), 'instance'), 'instance')],
      },
      {
        title: 'File descriptors',
        description: 'Share of the file descriptors in use.',
        unit: 'percent',
        redAbove: 85,
        series: [
          by(percent(max(kafka('process_open_fds', chosen), 'instance'), max(kafka('process_max_fds', chosen), 'instance')), 'instance'),
        ],
      },
    ];
    if (options.metadata === 'zookeeper') {
      panels.push({
        title: 'ZooKeeper latency, 99th percentile',
        description: 'Milliseconds that ZooKeeper takes to answer a broker.',
        unit: 'ms',
        series: [by(max(kafka('kafka_server_zookeeperclientmetrics_zookeeperrequestlatencyms_p99', chosen), 'instance'), 'instance')],
      });
    }
    return panels;
  },
};
