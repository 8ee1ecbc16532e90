import type { Alert, AlertContext, AlertTable } from '../alert';
import type { Expression } from '../promql';
import { above, below, max, or, orZero, plus, sum } from '../promql';

/** Only clusters that keep their metadata in KRaft have the condition. */
const inKraft =
  (when: (context: AlertContext) => Expression | undefined): Alert['when'] =>
  (context) =>
    context.options.metadata === 'kraft' ? when(context) : undefined;

/** Alerts on the metadata quorum and on what the brokers know of it. */
export const KRAFT_ALERTS = {
  KafkaControllerDown: {
    severity: 'critical',
    for: '5m',
    summary: ({ options }) => `{{ $value }} of the ${options.controllers ?? 0} controllers of ${options.cluster} can be reached`,
    description: () => 'A controller is missing: when a majority is, the metadata stands still.',
    when: inKraft(({ kafka, options }) => {
      const controllers = options.controllers ?? 0;
      return controllers === 0 ? undefined : below(orZero(sum(kafka('up', { kafka_component: 'controller' }))), controllers);
    }),
  },
  KafkaQuorumNoLeader: {
    severity: 'critical',
    for: '2m',
    summary: ({ options }) => `The metadata quorum of ${options.cluster} has no leader`,
    description: () => 'No controller knows a leader of the metadata quorum: nothing can be changed, and no partition gets a new leader.',
    when: inKraft(({ kafka }) => below(max(kafka('kafka_server_raft_metrics_current_leader')), 0)),
  },
  KafkaMetadataLag: {
    severity: 'warning',
    for: '5m',
    summary: () => '{{ $labels.instance }} is {{ $value }} ms behind the metadata log',
    description: () => 'The node acts on old metadata: it may miss topics, leaders and access rules.',
    when: inKraft(({ kafka }) =>
      above(
        or(
          max(kafka('kafka_server_broker_metadata_metrics_last_applied_record_lag_ms'), 'instance'),
          max(kafka('kafka_controller_kafkacontroller_lastappliedrecordlagms'), 'instance'),
        ),
        60_000,
      ),
    ),
  },
  KafkaMetadataErrors: {
    severity: 'critical',
    for: '5m',
    summary: () => '{{ $labels.instance }} met {{ $value }} errors in the metadata log',
    description: () => 'The node could not read or apply a record of the metadata log; what it serves may be wrong until it is restarted.',
    when: inKraft(({ kafka }) =>
      above(
        or(
          plus(
            sum(kafka('kafka_server_broker_metadata_metrics_metadata_load_error_count'), 'instance'),
            sum(kafka('kafka_server_broker_metadata_metrics_metadata_apply_error_count'), 'instance'),
          ),
          sum(kafka('kafka_controller_kafkacontroller_metadataerrorcount'), 'instance'),
        ),
        0,
      ),
    ),
  },
  KafkaBrokersFenced: {
    severity: 'warning',
    for: '10m',
    summary: ({ options }) => `{{ $value }} brokers of ${options.cluster} are fenced`,
    description: () => 'A fenced broker is registered but leads nothing: it starts, or its heartbeats do not reach the controller.',
    when: inKraft(({ kafka }) => above(max(kafka('kafka_controller_kafkacontroller_fencedbrokercount')), 0)),
  },
} as const satisfies AlertTable;
