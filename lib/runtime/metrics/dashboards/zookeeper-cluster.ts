import { max, orZero, rate, sum } from '../promql';
import type { DashboardSpec } from './dashboard';
import { by, named, RATE_WINDOW } from './panel';

/** Is the ensemble well? */
export const ZOOKEEPER_CLUSTER: DashboardSpec = {
  id: 'kafka-zookeeper-cluster',
  title: 'Zookeeper Cluster',
  description: 'Quorum, requests, connections and data of the ZooKeeper ensemble.',
  panels: ({ kafka, options }) => [
    {
      title: 'Servers that serve',
      description: `${options.zookeepers ?? 0} should.`,
      type: 'stat',
      unit: 'short',
      redBelow: options.zookeepers ?? 0,
      series: [named('serving', orZero(sum(kafka('zookeeper_server_serving'))))],
    },
    {
      title: 'Roles',
      description: 'One leader, the others followers.',
      unit: 'short',
      width: 12,
      series: [by(sum(kafka('zookeeper_server_serving'), 'role'), 'role')],
    },
    {
      title: 'Latency',
      description: 'Milliseconds to answer a request, mean since the start of the server.',
      unit: 'ms',
      series: [by(max(kafka('zookeeper_avgrequestlatency'), 'instance'), 'instance')],
    },
    {
      title: 'Longest request',
      description: 'Milliseconds, since the start of the server.',
      unit: 'ms',
      series: [by(max(kafka('zookeeper_maxrequestlatency'), 'instance'), 'instance')],
    },
    {
      title: 'Requests waiting',
      description: 'Requests that wait to be processed.',
      unit: 'short',
      series: [by(max(kafka('zookeeper_outstandingrequests'), 'instance'), 'instance')],
    },
    {
      title: 'Packets',
      description: 'Packets received and sent per second.',
      unit: 'short',
      series: [
        named('received', sum(rate(kafka('zookeeper_packetsreceived'), RATE_WINDOW), 'instance'), 'instance'),
        named('sent', sum(rate(kafka('zookeeper_packetssent'), RATE_WINDOW), 'instance'), 'instance'),
      ],
    },
    {
      title: 'Connections',
      description: 'Open client connections.',
      unit: 'short',
      series: [by(max(kafka('zookeeper_numaliveconnections'), 'instance'), 'instance')],
    },
    {
      title: 'Nodes and watches',
      description: 'Size of the data tree, and watches on it.',
      unit: 'short',
      series: [
        named('nodes', max(kafka('zookeeper_inmemorydatatree_nodecount'))),
        named('watches', sum(kafka('zookeeper_inmemorydatatree_watchcount'))),
      ],
    },
    {
      title: 'Data on disk',
      description: 'Snapshots and transaction logs; without purging they grow for ever.',
      unit: 'bytes',
      series: [
        named('snapshots', max(kafka('zookeeper_datadirsize'), 'instance'), 'instance'),
        named('logs', max(kafka('zookeeper_logdirsize'), 'instance'), 'instance'),
      ],
    },
    {
      title: 'Slow writes',
      description: 'Writes per second to the transaction log that took too long.',
      unit: 'short',
      series: [by(sum(rate(kafka('zookeeper_fsyncthresholdexceedcount'), RATE_WINDOW), 'instance'), 'instance')],
    },
    {
      title: 'Heap',
      description: 'Bytes of heap in use.',
      unit: 'bytes',
      series: [by(max(kafka('java_lang_memory_heapmemoryusage_used', { kafka_component: 'zookeeper' }), 'instance'), 'instance')],
    },
  ],
};
