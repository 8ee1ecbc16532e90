import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExporterRole, MetadataMode, MetricName, MonitoringOptions } from '../../../lib/runtime/metrics';
import { ALERT_NAMES, alertRules, dashboards, METRICS } from '../../../lib/runtime/metrics';
import { exportedMetrics } from '../../../lib/runtime/metrics/exporter-rules';
import { estimateSeries, FRESH_BROKER_SERIES } from '../../../lib/runtime/metrics/series-budget';
import { jmxExporterJar, kafkaJars } from '../../support/kafka/jars';
import type { JavaProcess } from '../../support/kafka/java-process';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';
import type { Broker, Watched } from './clusters';
import { exercise, startEnsemble, startKraftNode, startSeparateNodes, startZookeeperBroker } from './clusters';
import type { Sample } from './exposition';
import { asTarget, scrape } from './exposition';
import { constant, testRules } from './promtool';

const TOPIC = 'orders.placed';
const CLUSTER = 'metrics-test';

/** What the lag exporter and the kubelet would say: neither runs here. */
const STAND_INS: readonly Sample[] = [
  ...(['kafka_consumergroup_group_lag', 'kafka_consumergroup_group_lag_seconds'] as const).map((name) => ({
    name,
    labels: { kafka_cluster: CLUSTER, kafka_component: 'lag-exporter', instance: 'lag', group: 'readers', topic: TOPIC, partition: '0' },
    value: 1,
  })),
  ...(['kafka_consumergroup_group_max_lag', 'kafka_consumergroup_group_sum_lag'] as const).map((name) => ({
    name,
    labels: { kafka_cluster: CLUSTER, kafka_component: 'lag-exporter', instance: 'lag', group: 'readers' },
    value: 1,
  })),
  { name: 'up', labels: { kafka_cluster: CLUSTER, kafka_component: 'lag-exporter', instance: 'lag' }, value: 1 },
  ...(['kubelet_volume_stats_used_bytes', 'kubelet_volume_stats_available_bytes'] as const).map((name) => ({
    name,
    labels: { namespace: 'kafka', persistentvolumeclaim: 'data-broker-0' },
    value: 5e9,
  })),
  { name: 'kubelet_volume_stats_capacity_bytes', labels: { namespace: 'kafka', persistentvolumeclaim: 'data-broker-0' }, value: 1e10 },
];

const target = (component: string, instance: string) => ({ kafka_cluster: CLUSTER, kafka_component: component, instance });

function missing(samples: readonly Sample[], role: ExporterRole, metadata: MetadataMode): readonly MetricName[] {
  const served = new Set(samples.map(({ name }) => name));
  return exportedMetrics(role, { metadata, partitionMetrics: true }).filter((name) => !served.has(name));
}

function outsideTheTable(samples: readonly Sample[]): readonly string[] {
  const agents = /^(jvm|process|jmx)_/;
  return [...new Set(samples.map(({ name }) => name))].filter((name) => !(name in METRICS) && !agents.test(name));
}

function queries(options: MonitoringOptions): readonly string[] {
  const texts = dashboards(options).flatMap(({ panels }) => panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));
  return texts.map((text) =>
    text
      .replaceAll('$kafka_cluster', CLUSTER)
      .replaceAll('$__rate_interval', '5m')
      .replaceAll(/\$(topic|instance|group)/g, '.*'),
  );
}

/** What promtool says of: every panel's query has a result and no alert fires, with the scraped series standing still for two hours. */
async function complaintsOf(folder: string, options: MonitoringOptions, samples: readonly Sample[]) {
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(alertRules(options)));
  const input = constant([...samples, ...STAND_INS]);
  const answered = queries(options);
  expect(answered.length).toBeGreaterThan(40);
  return testRules(folder, ALERT_NAMES, [{ name: 'a healthy cluster', input, answered, firing: {}, at: '2h' }]);
}

describeWith(['maven', 'java', 'kafka-3.9.2', 'kafka-4.3.1', 'promtool'], 'the metric table on real processes', () => {
  const temporaryFolder = temporaryFolders();
  const started: JavaProcess[] = [];

  beforeAll(async () => {
    await jmxExporterJar();
    await kafkaJars('3.9.2');
    await kafkaJars('4.3.1');
  });

  afterAll(async () => {
    await Promise.all(started.map((process) => process.kill()));
  });

  describe('Kafka 3.9.2 on three ZooKeepers', () => {
    let servers: readonly Watched[] = [];
    let broker: Broker;
    let fresh: readonly Sample[] = [];
    let used: readonly Sample[] = [];

    beforeAll(async () => {
      const ensemble = await startEnsemble(temporaryFolder('metrics-ensemble'), 3);
      servers = ensemble.servers;
      started.push(...servers.map(({ process }) => process));
      broker = await startZookeeperBroker(temporaryFolder('metrics-broker'), ensemble.connect);
      started.push(broker.process);
      fresh = await scrape(broker.metricsPort);
      await exercise(broker, TOPIC, 100);
      used = await scrape(broker.metricsPort);
    });

    it('serves every metric of the table from the broker, and none that is not in it', () => {
      expect(missing(used, 'broker', 'zookeeper')).toEqual([]);
      expect(outsideTheTable(used)).toEqual([]);
    });

    it('serves every metric of the table from each ZooKeeper, and none that is not in it', async () => {
      for (const { metricsPort } of servers) {
        const samples = await scrape(metricsPort);
        expect(missing(samples, 'zookeeper', 'zookeeper')).toEqual([]);
        expect(outsideTheTable(samples)).toEqual([]);
      }
    });

    it('keeps within the series budget', () => {
      expect(fresh.length).toBeLessThanOrEqual(FRESH_BROKER_SERIES);
      const load = { metadata: 'zookeeper', partitionMetrics: true, topics: 2, replicas: 4, listeners: 1 } as const;
      expect(used.length).toBeLessThanOrEqual(estimateSeries('broker', load));
    });

    it('counts what was written', () => {
      const written = used.find(
        ({ name, labels }) => name === 'kafka_server_brokertopicmetrics_topic_messagesinpersec' && labels.topic === TOPIC,
      );
      expect(written?.value).toBe(100);
    });

    it('has no dead panel and no alert on the healthy cluster', async () => {
      const ensemble = await Promise.all(
        servers.map(async ({ metricsPort }, index) => asTarget(await scrape(metricsPort), target('zookeeper', `zookeeper-${index}`))),
      );
      const options = {
        cluster: CLUSTER,
        metadata: 'zookeeper',
        brokers: 1,
        zookeepers: 3,
        lagExporter: true,
        partitionMetrics: true,
        volumes: { namespace: 'kafka', claims: 'data-.*' },
        // A first request on a busy machine may take any time.
        thresholds: { produceLatencyMs: 600_000 },
      } as const;
      const samples = [...asTarget(used, target('broker', 'broker-0')), ...ensemble.flat()];
      expect(await complaintsOf(temporaryFolder('metrics-promtool'), options, samples)).toBe('');
    });

    it('sees a ZooKeeper server that is out of quorum as not serving', async () => {
      const [last, ...others] = servers;
      if (last === undefined) throw new Error('no ensemble');
      await Promise.all(others.map(({ process }) => process.kill()));
      await waitFor('the last server notices', async () => {
        const samples = await scrape(last.metricsPort);
        return samples.length > 0 && !samples.some(({ name }) => name === 'zookeeper_server_serving');
      });
    });
  });

  describe('Kafka 4.3.1 as one KRaft node', () => {
    let fresh: readonly Sample[] = [];
    let used: readonly Sample[] = [];

    beforeAll(async () => {
      const node = await startKraftNode(temporaryFolder('metrics-kraft'));
      started.push(node.process);
      fresh = await scrape(node.metricsPort);
      await exercise(node, TOPIC, 100);
      used = await scrape(node.metricsPort);
    });

    it('serves every metric of the table, and none that is not in it', () => {
      expect(missing(used, 'combined', 'kraft')).toEqual([]);
      expect(outsideTheTable(used)).toEqual([]);
    });

    it('keeps within the series budget', () => {
      expect(fresh.length).toBeLessThanOrEqual(FRESH_BROKER_SERIES);
      const load = { metadata: 'kraft', partitionMetrics: true, topics: 2, replicas: 4 } as const;
      expect(used.length).toBeLessThanOrEqual(estimateSeries('combined', load));
    });

    it('has no dead panel and no alert on the healthy cluster', async () => {
      const options = {
        cluster: CLUSTER,
        metadata: 'kraft',
        brokers: 1,
        lagExporter: true,
        partitionMetrics: true,
        volumes: { namespace: 'kafka', claims: 'data-.*' },
        thresholds: { produceLatencyMs: 600_000 },
      } as const;
      const samples = asTarget(used, target('broker', 'broker-1'));
      expect(await complaintsOf(temporaryFolder('metrics-promtool'), options, samples)).toBe('');
    });
  });

  it('serves every metric of a controller and of a broker that are separate', async () => {
    const { controller, broker } = await startSeparateNodes(temporaryFolder('metrics-separate'));
    started.push(controller.process, broker.process);
    await exercise(broker, TOPIC, 10);
    for (const [role, node] of [
      ['controller', controller],
      ['broker', broker],
    ] as const) {
      const samples = await scrape(node.metricsPort);
      expect(missing(samples, role, 'kraft')).toEqual([]);
      expect(outsideTheTable(samples)).toEqual([]);
    }
  });

  it('serves every metric of a ZooKeeper on its own', async () => {
    const { servers } = await startEnsemble(temporaryFolder('metrics-standalone'), 1);
    started.push(...servers.map(({ process }) => process));
    for (const { metricsPort } of servers) {
      let left: readonly MetricName[] = [];
      // It serves clients a moment before it registers what it measures.
      const complete = async () => {
        left = missing(await scrape(metricsPort), 'zookeeper', 'zookeeper');
        return left.length === 0;
      };
      await waitFor('every metric of a ZooKeeper', complete, { context: () => left.join(', ') });
    }
  });
});
