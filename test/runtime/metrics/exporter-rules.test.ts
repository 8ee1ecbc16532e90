import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { ExporterOptions, ExporterRole } from '../../../lib/runtime/metrics';
import { exporterConfig } from '../../../lib/runtime/metrics';
import { exportedMetrics, exporterRules } from '../../../lib/runtime/metrics/exporter-rules';
import { METRIC_NAMES, metricOf } from '../../../lib/runtime/metrics/table';

const ROLES: readonly (readonly [ExporterRole, ExporterOptions])[] = [
  ['broker', { metadata: 'zookeeper' }],
  ['broker', { metadata: 'kraft' }],
  ['controller', { metadata: 'kraft' }],
  ['combined', { metadata: 'kraft', partitionMetrics: true }],
  ['zookeeper', { metadata: 'zookeeper' }],
  ['readiness', { metadata: 'zookeeper' }],
  ['readiness', { metadata: 'kraft' }],
];

describe('the exporter rules', () => {
  it.each(ROLES)('of a %s are the same in YAML as in data: %j', (role, options) => {
    const { includeObjectNames, rules } = exporterRules(role, options);
    const read = parse(exporterConfig(role, options)) as { rules: Record<string, unknown>[]; includeObjectNames: string[] };
    expect(read.includeObjectNames).toEqual(includeObjectNames);
    expect(read.rules.map(({ pattern, name, type, help, labels = {}, value }) => ({ pattern, name, type, help, labels, value }))).toEqual(
      rules.map(({ pattern, name, type, help, labels, value }) => ({ pattern, name, type, help, labels, value })),
    );
  });

  it('match the form in which the agent names a bean', () => {
    const { rules } = exporterRules('broker', { metadata: 'zookeeper' });
    const pattern = (name: string) => new RegExp(`^(?:.*)${rules.find((rule) => rule.name === name)?.pattern}(?:.*)$`);
    const topic = 'kafka.server<type=BrokerTopicMetrics, name=BytesInPerSec, topic=orders.placed><>';
    expect(pattern('kafka_server_brokertopicmetrics_topic_bytesinpersec').exec(`${topic}Count: 5`)?.[1]).toBe('orders.placed');
    expect(pattern('kafka_server_brokertopicmetrics_topic_bytesinpersec').test(`${topic}CountOfOthers: 5`)).toBe(false);
    expect(pattern('kafka_server_brokertopicmetrics_bytesinpersec').test(`${topic}Count: 5`)).toBe(false);
  });

  it('never ask for a whole domain', () => {
    for (const [role, options] of ROLES) {
      const { includeObjectNames } = exporterRules(role, options);
      expect(includeObjectNames.filter((name) => /:\*|^\*|,\*$/.test(name))).toEqual([]);
    }
  });

  it('keep the names of counters, to which the agent would append a suffix', () => {
    const { rules } = exporterRules('broker', { metadata: 'zookeeper' });
    for (const { name, type } of rules)
      expect({ name, type }).toEqual({ name, type: metricOf(name).kind === 'counter' ? 'UNTYPED' : 'GAUGE' });
  });

  it('put the controller’s metrics on the brokers of a ZooKeeper cluster, and on controllers in KRaft', () => {
    const active = 'kafka_controller_kafkacontroller_activecontrollercount';
    const carriers = ROLES.filter(([role, options]) => exportedMetrics(role, options).includes(active)).map(([role, { metadata }]) => [
      role,
      metadata,
    ]);
    expect(carriers).toEqual([
      ['broker', 'zookeeper'],
      ['controller', 'kraft'],
      ['combined', 'kraft'],
    ]);
  });

  it('leave out partitions unless asked', () => {
    expect(exportedMetrics('broker', { metadata: 'kraft' })).not.toContain('kafka_log_log_size');
    expect(exportedMetrics('broker', { metadata: 'kraft', partitionMetrics: true })).toContain('kafka_log_log_size');
  });

  it('serve a probe the broker state and little more', () => {
    expect(exportedMetrics('readiness', { metadata: 'zookeeper' })).toEqual(['kafka_server_kafkaserver_brokerstate']);
    expect(exportedMetrics('readiness', { metadata: 'kraft' })).toEqual([
      'kafka_server_kafkaserver_brokerstate',
      'kafka_server_raft_metrics_current_leader',
    ]);
  });

  it('serve every metric that has an MBean from some role', () => {
    const served = new Set(ROLES.flatMap(([role, options]) => exportedMetrics(role, options)));
    expect(METRIC_NAMES.filter((name) => metricOf(name).mbeans !== undefined && !served.has(name))).toEqual([]);
  });
});
