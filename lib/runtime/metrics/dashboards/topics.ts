import { max, rate, sum, topk } from '../promql';
import type { DashboardSpec } from './dashboard';
import type { PanelSpec } from './panel';
import { by, named, RATE_WINDOW } from './panel';

const MOST = 20;
const CHOSEN = { matches: '$topic' } as const;

/** Which topics carry the traffic, and which replicas are in trouble. */
export const TOPICS: DashboardSpec = {
  id: 'kafka-topics',
  title: 'Kafka Topics',
  description: 'Traffic by topic, and the state of partitions and replicas.',
  choices: ({ kafka }) => [{ name: 'topic', label: 'Topic', of: kafka('kafka_server_brokertopicmetrics_topic_messagesinpersec') }],
  panels: ({ kafka, options }) => {
    const panels: PanelSpec[] = [
      {
        title: 'Topics and partitions',
        description: 'As the controller counts them.',
        unit: 'short',
        series: [
          named('topics', max(kafka('kafka_controller_kafkacontroller_globaltopiccount'))),
          named('partitions', max(kafka('kafka_controller_kafkacontroller_globalpartitioncount'))),
        ],
      },
      {
        title: 'Partitions at and below min ISR',
        description: 'At the limit, one more failure stops producers; below it they are stopped.',
        unit: 'short',
        series: [
          named('at', sum(kafka('kafka_server_replicamanager_atminisrpartitioncount'))),
          named('below', sum(kafka('kafka_server_replicamanager_underminisrpartitioncount'))),
        ],
      },
      {
        title: 'Reassignments and imbalance',
        description: 'Partitions that move, and partitions that their preferred replica does not lead.',
        unit: 'short',
        series: [
          named('reassigning', sum(kafka('kafka_server_replicamanager_reassigningpartitions'))),
          named('not led by the preferred replica', max(kafka('kafka_controller_kafkacontroller_preferredreplicaimbalancecount'))),
        ],
      },
      {
        title: 'Records in by topic',
        description: `Records produced per second; the ${MOST} busiest topics.`,
        unit: 'short',
        series: [
          by(
            topk(MOST, sum(rate(kafka('kafka_server_brokertopicmetrics_topic_messagesinpersec', { topic: CHOSEN }), RATE_WINDOW), 'topic')),
            'topic',
          ),
        ],
      },
      {
        title: 'Bytes in by topic',
        description: `Bytes produced per second; the ${MOST} busiest topics.`,
        unit: 'Bps',
        series: [
          by(
            topk(MOST, sum(rate(kafka('kafka_server_brokertopicmetrics_topic_bytesinpersec', { topic: CHOSEN }), RATE_WINDOW), 'topic')),
            'topic',
          ),
        ],
      },
      {
        title: 'Bytes out by topic',
        description: `Bytes read by consumers per second; the ${MOST} busiest topics.`,
        unit: 'Bps',
        series: [
          by(
            topk(MOST, sum(rate(kafka('kafka_server_brokertopicmetrics_topic_bytesoutpersec', { topic: CHOSEN }), RATE_WINDOW), 'topic')),
            'topic',
          ),
        ],
      },
    ];
    if (options.lagExporter === true) {
      panels.push({
        title: 'Lag by topic',
        description: `Records not yet consumed, over all groups; the ${MOST} largest.`,
        unit: 'short',
        series: [by(topk(MOST, sum(kafka('kafka_consumergroup_group_lag', { topic: CHOSEN }), 'topic')), 'topic')],
      });
    }
    if (options.partitionMetrics === true) {
      panels.push({
        title: 'Size by topic',
        description: `Bytes on disk, over all replicas; the ${MOST} largest topics.`,
        unit: 'bytes',
        series: [by(topk(MOST, sum(kafka('kafka_log_log_size', { topic: CHOSEN }), 'topic')), 'topic')],
      });
    }
    return panels;
  },
};
