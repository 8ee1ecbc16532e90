import type { MetricTable } from '../metric';

/** How a broker's network layer and request handlers fare. */
export const REQUEST_METRICS = {
  kafka_network_requestmetrics_totaltimems_count: {
    kind: 'counter',
    help: 'Requests that were answered, by kind',
    source: 'broker',
    modes: 'both',
    labels: ['request'],
    mbeans: [
      {
        name: 'kafka.network:type=RequestMetrics,name=TotalTimeMs,request={request:Produce|FetchConsumer|FetchFollower}',
        attribute: 'Count',
      },
    ],
  },
  kafka_network_requestmetrics_totaltimems: {
    kind: 'gauge',
    help: 'Milliseconds from the arrival of a request to its answer, by kind and percentile (50, 95, 99, 999 for 99.9)',
    source: 'broker',
    modes: 'both',
    labels: ['request', 'percentile'],
    mbeans: [
      {
        name: 'kafka.network:type=RequestMetrics,name=TotalTimeMs,request={request:Produce|FetchConsumer|FetchFollower}',
        attribute: '{percentile:50|95|99|999}thPercentile',
      },
    ],
  },
  kafka_network_requestmetrics_phase_p99_ms: {
    kind: 'gauge',
    help: 'Milliseconds of one phase of a request, 99th percentile, by kind and phase',
    source: 'broker',
    modes: 'both',
    labels: ['phase', 'request'],
    mbeans: [
      {
        name: 'kafka.network:type=RequestMetrics,name={phase:RequestQueueTimeMs|LocalTimeMs|RemoteTimeMs|ResponseQueueTimeMs|ResponseSendTimeMs},request={request:Produce|FetchConsumer|FetchFollower}',
        attribute: '99thPercentile',
      },
    ],
  },
  kafka_network_requestchannel_requestqueuesize: {
    kind: 'gauge',
    help: 'Requests that wait for a request handler',
    source: 'broker',
    modes: 'both',
    labels: [],
    mbeans: [{ name: 'kafka.network:type=RequestChannel,name=RequestQueueSize', attribute: 'Value' }],
  },
  kafka_network_socketserver_networkprocessoravgidlepercent: {
    kind: 'gauge',
    help: 'Share of time that the network threads are idle, 0 to 1',
    source: 'broker',
    modes: 'both',
    labels: [],
    mbeans: [{ name: 'kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent', attribute: 'Value' }],
  },
  kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent: {
    kind: 'gauge',
    help: 'Share of time that the request handlers are idle, 0 to 1, over the last minute',
    source: 'broker',
    modes: 'both',
    labels: [],
    mbeans: [{ name: 'kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent', attribute: 'OneMinuteRate' }],
  },
  kafka_server_socket_server_metrics_connection_count: {
    kind: 'gauge',
    help: 'Open connections, by listener and network thread',
    source: 'broker',
    modes: 'both',
    labels: ['listener', 'network_processor'],
    mbeans: [
      {
        name: 'kafka.server:type=socket-server-metrics,listener={listener},networkProcessor={network_processor}',
        attribute: 'connection-count',
      },
    ],
  },
  kafka_server_socket_server_metrics_failed_authentication: {
    kind: 'counter',
    help: 'Connections refused because authentication failed, by listener and network thread',
    source: 'broker',
    modes: 'both',
    labels: ['listener', 'network_processor'],
    mbeans: [
      {
        name: 'kafka.server:type=socket-server-metrics,listener={listener},networkProcessor={network_processor}',
        attribute: 'failed-authentication-total',
      },
    ],
  },
} as const satisfies MetricTable;
