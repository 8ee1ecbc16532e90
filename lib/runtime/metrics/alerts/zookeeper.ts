import type { Alert, AlertContext, AlertTable } from '../alert';
import type { Expression } from '../promql';
import { above, below, increase, max, orZero, sum } from '../promql';

/** Servers without which an ensemble of this size has no quorum. */
const majorityOf = (servers: number): number => Math.floor(servers / 2) + 1;

/** Only ensembles that are scraped have the condition. */
const withEnsemble =
  (when: (context: AlertContext, servers: number) => Expression): Alert['when'] =>
  (context) => {
    const servers = context.options.zookeepers ?? 0;
    return context.options.metadata === 'zookeeper' && servers > 0 ? when(context, servers) : undefined;
  };

/** Alerts on the ensemble and on the brokers' sessions with it. */
export const ZOOKEEPER_ALERTS = {
  ZookeeperNoQuorum: {
    severity: 'critical',
    for: '2m',
    summary: ({ options }) => `The ZooKeeper ensemble of ${options.cluster} has no quorum`,
    description: ({ options }) =>
      `Only {{ $value }} of ${options.zookeepers ?? 0} servers serve, ${majorityOf(options.zookeepers ?? 0)} are needed: no controller can be elected and no metadata changed.`,
    when: withEnsemble(({ kafka }, servers) => below(orZero(sum(kafka('zookeeper_server_serving'))), majorityOf(servers))),
  },
  ZookeeperServerDown: {
    severity: 'warning',
    for: '5m',
    summary: ({ options }) => `{{ $value }} of the ${options.zookeepers ?? 0} ZooKeeper servers of ${options.cluster} serve`,
    description: () => 'A server cannot be reached or is out of quorum: the ensemble bears fewer further failures.',
    when: withEnsemble(({ kafka }, servers) => below(orZero(sum(kafka('zookeeper_server_serving'))), servers)),
  },
  ZookeeperRequestsOutstanding: {
    severity: 'warning',
    for: '10m',
    summary: () => '{{ $value }} requests wait on ZooKeeper server {{ $labels.instance }}',
    description: () => 'Requests come faster than the server answers them; its disk is the usual reason.',
    when: withEnsemble(({ kafka }) => above(max(kafka('zookeeper_outstandingrequests'), 'instance'), 50)),
  },
  KafkaZookeeperSessionsExpiring: {
    severity: 'warning',
    for: '5m',
    summary: () => 'Broker {{ $labels.instance }} lost its session with ZooKeeper',
    description: () => 'Within half an hour a broker was dropped from the cluster at least once: pauses, a slow ZooKeeper or the network.',
    when: ({ kafka, options }) =>
      options.metadata === 'zookeeper'
        ? above(sum(increase(kafka('kafka_server_sessionexpirelistener_zookeeperexpirespersec'), '30m'), 'instance'), 0)
        : undefined,
  },
} as const satisfies AlertTable;
