import { max, onVolumes, orZero, percent, plus, rate, sum } from '../promql';
import type { DashboardSpec } from './dashboard';
import type { PanelSpec } from './panel';
import { by, named, RATE_WINDOW } from './panel';

/** Is the cluster well? What an operator looks at first. */
export const CLUSTER_OVERVIEW: DashboardSpec = {
  id: 'kafka-cluster-overview',
  title: 'Kafka Cluster Overview',
  description: 'Brokers, controller, partitions and traffic of one cluster.',
  panels: ({ kafka, options, thresholds }) => {
    const stat = (
      title: string,
      description: string,
      series: PanelSpec['series'],
      red: { redAbove: number } | { redBelow: number } | object,
    ) => ({ title, description, type: 'stat', unit: 'short', series, ...red }) satisfies PanelSpec;
    const underReplicated = sum(kafka('kafka_server_replicamanager_underreplicatedpartitions'));
    const panels: PanelSpec[] = [
      stat(
        'Brokers up',
        `Brokers that answer; ${options.brokers} should.`,
        [named('up', orZero(sum(kafka('up', { kafka_component: 'broker' }))))],
        {
          redBelow: options.brokers,
        },
      ),
      stat('Active controllers', 'Must be 1.', [named('active', sum(kafka('kafka_controller_kafkacontroller_activecontrollercount')))], {
        redBelow: 1,
      }),
      stat(
        'Offline partitions',
        'Partitions without a leader; must be 0.',
        [named('offline', max(kafka('kafka_controller_kafkacontroller_offlinepartitionscount')))],
        {
          redAbove: 1,
        },
      ),
      stat(
        'Under-replicated partitions',
        'Partitions that lack an in-sync replica; must be 0.',
        [named('under-replicated', underReplicated)],
        {
          redAbove: 1,
        },
      ),
      stat(
        'Partitions below min ISR',
        'Partitions that refuse producers with acks=all; must be 0.',
        [named('below', sum(kafka('kafka_server_replicamanager_underminisrpartitioncount')))],
        {
          redAbove: 1,
        },
      ),
      stat('Topics', 'Topics of the cluster.', [named('topics', max(kafka('kafka_controller_kafkacontroller_globaltopiccount')))], {}),
      {
        title: 'Records in',
        description: 'Records produced per second, by broker.',
        unit: 'short',
        series: [by(sum(rate(kafka('kafka_server_brokertopicmetrics_messagesinpersec'), RATE_WINDOW), 'instance'), 'instance')],
      },
      {
        title: 'Bytes in',
        description: 'Bytes produced per second, by broker.',
        unit: 'Bps',
        series: [by(sum(rate(kafka('kafka_server_brokertopicmetrics_bytesinpersec'), RATE_WINDOW), 'instance'), 'instance')],
      },
      {
        title: 'Bytes out',
        description: 'Bytes read by consumers per second, by broker.',
        unit: 'Bps',
        series: [by(sum(rate(kafka('kafka_server_brokertopicmetrics_bytesoutpersec'), RATE_WINDOW), 'instance'), 'instance')],
      },
      {
        title: 'Failed requests',
        description: `Share of produce and fetch requests that failed; ${thresholds.errorRatePercent}% is critical.`,
        unit: 'percent',
        redAbove: thresholds.errorRatePercent,
        series: [
          named(
            'failed',
            percent(
              plus(
                sum(rate(kafka('kafka_server_brokertopicmetrics_failedproducerequestspersec'), RATE_WINDOW)),
                sum(rate(kafka('kafka_server_brokertopicmetrics_failedfetchrequestspersec'), RATE_WINDOW)),
              ),
              plus(
                sum(rate(kafka('kafka_server_brokertopicmetrics_totalproducerequestspersec'), RATE_WINDOW)),
                sum(rate(kafka('kafka_server_brokertopicmetrics_totalfetchrequestspersec'), RATE_WINDOW)),
              ),
            ),
          ),
        ],
      },
      {
        title: 'Under-replicated share',
        description: `Share of the partitions that lack a replica; ${thresholds.underReplicatedPercent}% is critical.`,
        unit: 'percent',
        redAbove: thresholds.underReplicatedPercent,
        series: [named('under-replicated', percent(underReplicated, sum(kafka('kafka_server_replicamanager_leadercount'))))],
      },
      {
        title: 'Leaders by broker',
        description: 'Partitions that each broker leads; even is good.',
        unit: 'short',
        series: [by(sum(kafka('kafka_server_replicamanager_leadercount'), 'instance'), 'instance')],
      },
    ];
    if (options.metadata === 'kraft') {
      panels.push({
        title: 'Metadata lag',
        description: 'How far each broker is behind the metadata log.',
        unit: 'ms',
        series: [by(max(kafka('kafka_server_broker_metadata_metrics_last_applied_record_lag_ms'), 'instance'), 'instance')],
      });
      panels.push({
        title: 'Metadata quorum',
        description: 'Leader and epoch of the quorum; the epoch grows with each election.',
        unit: 'short',
        series: [
          named('leader', max(kafka('kafka_server_raft_metrics_current_leader'))),
          named('epoch', max(kafka('kafka_server_raft_metrics_current_epoch'))),
        ],
      });
    }
    if (options.volumes !== undefined) {
      const volume = onVolumes(options.volumes.namespace, options.volumes.claims);
      panels.push({
        title: 'Disk usage',
        description: `Share of each volume that is used; ${thresholds.diskUsagePercent}% is critical.`,
        unit: 'percent',
        redAbove: thresholds.diskUsagePercent,
        series: [
          by(
            percent(
              max(volume('kubelet_volume_stats_used_bytes'), 'persistentvolumeclaim'),
              max(volume('kubelet_volume_stats_capacity_bytes'), 'persistentvolumeclaim'),
            ),
            'persistentvolumeclaim',
          ),
        ],
      });
    }
    return panels;
  },
};
