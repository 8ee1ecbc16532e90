import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { AlertName, MonitoringOptions } from '../../../lib/runtime/metrics';
import { ALERT_NAMES, alertRules } from '../../../lib/runtime/metrics';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';
import { HEALTHY_KRAFT, HEALTHY_ZOOKEEPER, KRAFT, ZOOKEEPER } from './healthy';
import type { InputSeries } from './promtool';
import { promtool, seriesText, testRules } from './promtool';

/** The healthy input with some series replaced, and others taken away. */
function broken(healthy: readonly InputSeries[], changes: Readonly<Record<string, string | undefined>>): readonly InputSeries[] {
  const unknown = Object.keys(changes).filter((key) => !healthy.some(({ series }) => series === key));
  if (unknown.length > 0) throw new Error(`not in the healthy input: ${unknown.join('; ')}`);
  return healthy.flatMap(({ series, values }) => {
    if (!(series in changes)) return [{ series, values }];
    const changed = changes[series];
    return changed === undefined ? [] : [{ series, values: changed }];
  });
}

const kafka = (name: string, component: string, instance: string, labels: Readonly<Record<string, string>> = {}): string =>
  seriesText(name, { kafka_cluster: 'orders', kafka_component: component, instance, ...labels });
const broker = (name: string, labels: Readonly<Record<string, string>> = {}): string => kafka(name, 'broker', 'broker-0', labels);
const on = (names: readonly string[], value: string | undefined) => Object.fromEntries(names.map((name) => [name, value]));
const whole = (component: string, instance: string, healthy: readonly InputSeries[]) =>
  on(
    healthy.map(({ series }) => series).filter((text) => text.includes(`kafka_component="${component}", instance="${instance}"`)),
    undefined,
  );

/** One fault and the alerts that it must raise: these and no other. */
interface Fault {
  readonly name: string;
  readonly options: MonitoringOptions;
  readonly input: readonly InputSeries[];
  readonly firing: Partial<Record<AlertName, number>>;
}

const zookeeperFault = (name: string, changes: Readonly<Record<string, string | undefined>>, firing: Fault['firing']): Fault => ({
  name,
  options: ZOOKEEPER,
  input: broken(HEALTHY_ZOOKEEPER, changes),
  firing,
});
const kraftFault = (name: string, changes: Readonly<Record<string, string | undefined>>, firing: Fault['firing']): Fault => ({
  name,
  options: KRAFT,
  input: broken(HEALTHY_KRAFT, changes),
  firing,
});
const volume = (name: string) => seriesText(name, { namespace: 'kafka', persistentvolumeclaim: 'data-broker-0' });
const lag = kafka('kafka_consumergroup_group_sum_lag', 'lag-exporter', 'lag', { group: 'billing' });

const FAULTS: readonly Fault[] = [
  { name: 'nothing is wrong with ZooKeeper', options: ZOOKEEPER, input: HEALTHY_ZOOKEEPER, firing: {} },
  { name: 'nothing is wrong with KRaft', options: KRAFT, input: HEALTHY_KRAFT, firing: {} },
  zookeeperFault('no controller', on([broker('kafka_controller_kafkacontroller_activecontrollercount')], '0x1000'), {
    KafkaNoActiveController: 1,
  }),
  zookeeperFault(
    'two controllers',
    { [kafka('kafka_controller_kafkacontroller_activecontrollercount', 'broker', 'broker-1')]: '1x1000' },
    {
      KafkaActiveControllerNotOne: 1,
    },
  ),
  zookeeperFault('an unreachable broker', { [kafka('up', 'broker', 'broker-1')]: '0x1000' }, { KafkaBrokerDown: 1 }),
  zookeeperFault('a vanished broker', whole('broker', 'broker-1', HEALTHY_ZOOKEEPER), { KafkaBrokerDown: 1 }),
  zookeeperFault('a broker in recovery', { [broker('kafka_server_kafkaserver_brokerstate')]: '2x1000' }, { KafkaBrokerNotRunning: 1 }),
  zookeeperFault(
    'leaderless partitions',
    { [broker('kafka_controller_kafkacontroller_offlinepartitionscount')]: '2x1000' },
    {
      KafkaOfflinePartitions: 1,
    },
  ),
  zookeeperFault(
    'few under-replicated partitions',
    { [broker('kafka_server_replicamanager_underreplicatedpartitions')]: '3x1000' },
    {
      KafkaUnderReplicatedPartitions: 1,
    },
  ),
  zookeeperFault(
    'many under-replicated partitions',
    { [broker('kafka_server_replicamanager_underreplicatedpartitions')]: '40x1000' },
    {
      KafkaUnderReplicatedPartitions: 1,
      KafkaUnderReplicatedPartitionsMany: 1,
    },
  ),
  zookeeperFault(
    'partitions below min ISR',
    { [broker('kafka_server_replicamanager_underminisrpartitioncount')]: '1x1000' },
    {
      KafkaUnderMinIsrPartitions: 1,
    },
  ),
  zookeeperFault(
    'an offline log directory',
    { [broker('kafka_log_logmanager_offlinelogdirectorycount')]: '1x1000' },
    {
      KafkaOfflineLogDirectory: 1,
    },
  ),
  zookeeperFault(
    'an unclean election',
    { [broker('kafka_controller_controllerstats_uncleanleaderelectionspersec')]: '0x230 1x770' },
    {
      KafkaUncleanLeaderElection: 1,
    },
  ),
  zookeeperFault('a dead log cleaner', { [broker('kafka_log_logcleaner_deadthreadcount')]: '1x1000' }, { KafkaLogCleanerDead: 1 }),
  zookeeperFault(
    'failing requests',
    { [broker('kafka_server_brokertopicmetrics_failedproducerequestspersec')]: '0+300x1000' },
    {
      KafkaErrorRateHigh: 1,
    },
  ),
  zookeeperFault(
    'slow requests',
    { [broker('kafka_network_requestmetrics_totaltimems', { request: 'Produce', percentile: '99' })]: '1500x1000' },
    {
      KafkaRequestLatencyHigh: 1,
    },
  ),
  zookeeperFault(
    'busy handlers',
    { [broker('kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent')]: '0.1x1000' },
    {
      KafkaRequestHandlersBusy: 1,
    },
  ),
  zookeeperFault('few file descriptors left', { [broker('process_open_fds')]: '900x1000' }, { KafkaFileDescriptorsShort: 1 }),
  zookeeperFault(
    'long collections',
    { [broker('java_lang_garbagecollector_collectiontime', { gc: 'G1 Young Generation' })]: '0+9000x1000' },
    {
      KafkaGarbageCollectionLong: 1,
    },
  ),
  zookeeperFault(
    'one ZooKeeper out of quorum',
    { [kafka('zookeeper_server_serving', 'zookeeper', 'zookeeper-2', { role: 'follower' })]: undefined },
    {
      ZookeeperServerDown: 1,
    },
  ),
  zookeeperFault(
    'two ZooKeepers gone, the third out of quorum',
    {
      ...whole('zookeeper', 'zookeeper-1', HEALTHY_ZOOKEEPER),
      ...whole('zookeeper', 'zookeeper-2', HEALTHY_ZOOKEEPER),
      [kafka('zookeeper_server_serving', 'zookeeper', 'zookeeper-0', { role: 'leader' })]: undefined,
    },
    { ZookeeperNoQuorum: 1, ZookeeperServerDown: 1 },
  ),
  zookeeperFault(
    'a slow ZooKeeper',
    { [kafka('zookeeper_outstandingrequests', 'zookeeper', 'zookeeper-0')]: '80x1000' },
    {
      ZookeeperRequestsOutstanding: 1,
    },
  ),
  zookeeperFault(
    'lost sessions',
    { [broker('kafka_server_sessionexpirelistener_zookeeperexpirespersec')]: '0x220 1x780' },
    {
      KafkaZookeeperSessionsExpiring: 1,
    },
  ),
  zookeeperFault('some lag', { [lag]: '7000x1000' }, { KafkaConsumerLagElevated: 1 }),
  zookeeperFault('much lag', { [lag]: '10001x1000' }, { KafkaConsumerLagElevated: 1, KafkaConsumerLagHigh: 1 }),
  zookeeperFault('no lag exporter', whole('lag-exporter', 'lag', HEALTHY_ZOOKEEPER), { KafkaLagExporterDown: 1 }),
  zookeeperFault(
    'a full disk',
    { [volume('kubelet_volume_stats_used_bytes')]: '86x1000', [volume('kubelet_volume_stats_available_bytes')]: '14x1000' },
    {
      KafkaDiskUsageHigh: 1,
    },
  ),
  zookeeperFault('a disk that fills', { [volume('kubelet_volume_stats_available_bytes')]: '45-0.04x1000' }, { KafkaDiskFilling: 1 }),
  zookeeperFault('an agent that cannot read', { [broker('jmx_scrape_error')]: '1x1000' }, { KafkaScrapeMissing: 1 }),
  kraftFault('an unreachable controller', { [kafka('up', 'controller', 'controller-2')]: '0x1000' }, { KafkaControllerDown: 1 }),
  kraftFault(
    'a quorum without a leader',
    on(
      ['controller-0', 'controller-1', 'controller-2'].map((each) => kafka('kafka_server_raft_metrics_current_leader', 'controller', each)),
      '-1x1000',
    ),
    {
      KafkaQuorumNoLeader: 1,
    },
  ),
  kraftFault(
    'a broker with old metadata',
    { [broker('kafka_server_broker_metadata_metrics_last_applied_record_lag_ms')]: '90000x1000' },
    {
      KafkaMetadataLag: 1,
    },
  ),
  kraftFault(
    'a broker that cannot apply metadata',
    { [broker('kafka_server_broker_metadata_metrics_metadata_apply_error_count')]: '1x1000' },
    {
      KafkaMetadataErrors: 1,
    },
  ),
  kraftFault(
    'a fenced broker',
    { [kafka('kafka_controller_kafkacontroller_fencedbrokercount', 'controller', 'controller-0')]: '1x1000' },
    {
      KafkaBrokersFenced: 1,
    },
  ),
];

describeWith(['promtool'], 'the alert rules in Prometheus', () => {
  const temporaryFolder = temporaryFolders();
  const folderWith = (options: MonitoringOptions): string => {
    const folder = temporaryFolder('promtool');
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(alertRules(options)));
    return folder;
  };

  it.each([
    ['ZooKeeper', ZOOKEEPER],
    ['KRaft', KRAFT],
    ['nothing but brokers', { cluster: 'a "quoted" \\ name', metadata: 'kraft', brokers: 1 } as const],
  ])('are valid with %s', async (_, options) => {
    expect(await promtool(folderWith(options), 'check', 'rules', 'rules.json')).toBe('');
  });

  it.each([
    ['ZooKeeper', ZOOKEEPER],
    ['KRaft', KRAFT],
  ])('fire for their fault and no other with %s', async (_, options) => {
    const tests = FAULTS.filter((fault) => fault.options === options);
    expect(tests.length).toBeGreaterThan(5);
    expect(
      await testRules(
        folderWith(options),
        ALERT_NAMES,
        tests.map((fault) => ({ ...fault, at: '2h' })),
      ),
    ).toBe('');
  });

  it('are all tried', () => {
    const fired = new Set(FAULTS.flatMap(({ firing }) => Object.keys(firing)));
    expect(ALERT_NAMES.filter((name) => !fired.has(name))).toEqual([]);
  });

  it('wait before they fire', async () => {
    const input = broken(HEALTHY_ZOOKEEPER, { [kafka('up', 'broker', 'broker-1')]: '1x230 0x770' });
    expect(await testRules(folderWith(ZOOKEEPER), ALERT_NAMES, [{ name: 'a restart', input, firing: {}, at: '118m' }])).toBe('');
  });

  it('fails where an alert is expected that does not fire', async () => {
    const wrong = { name: 'healthy', input: HEALTHY_ZOOKEEPER, firing: { KafkaBrokerDown: 1 }, at: '2h' };
    expect(await testRules(folderWith(ZOOKEEPER), ALERT_NAMES, [wrong])).toContain('KafkaBrokerDown');
  });
});
