import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AlertName, MonitoringOptions } from '../../../lib/runtime/metrics';
import { ALERT_NAMES, alertRules, METRICS } from '../../../lib/runtime/metrics';
import { BARE, CASES, KRAFT, ZOOKEEPER } from './cases';
import { metricNamesIn } from './promql-names';

const rulesOf = (options: MonitoringOptions) => alertRules(options).groups.flatMap(({ rules }) => rules);
const ruleOf = (name: AlertName, options: MonitoringOptions) => rulesOf(options).find(({ alert }) => alert === name);
const exprOf = (name: AlertName, options: MonitoringOptions) => ruleOf(name, options)?.expr;

describe('the alert rules', () => {
  it('are those that the operators of a ZooKeeper cluster expect', () => {
    expect(rulesOf(ZOOKEEPER).map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'KafkaNoActiveController',
        'KafkaBrokerDown',
        'KafkaOfflinePartitions',
        'KafkaUnderReplicatedPartitions',
        'KafkaConsumerLagHigh',
        'ZookeeperNoQuorum',
      ]),
    );
  });

  it.each(CASES)('name only metrics of the table, with %s', (_, options) => {
    for (const { alert, expr } of rulesOf(options)) {
      const names = metricNamesIn(expr);
      expect({ alert, named: names.length > 0, unknown: names.filter((name) => !(name in METRICS)) }).toEqual({
        alert,
        named: true,
        unknown: [],
      });
    }
  });

  it('cover every alert between the two metadata modes', () => {
    const rendered = new Set([...rulesOf(ZOOKEEPER), ...rulesOf(KRAFT)].map(({ alert }) => alert));
    expect(ALERT_NAMES.filter((name) => !rendered.has(name))).toEqual([]);
  });

  it('leave out what the cluster does not have', () => {
    const names = rulesOf(BARE).map(({ alert }) => alert);
    expect(names.filter((name) => /Zookeeper|Lag(High|Elevated|Exporter)|Disk|ControllerDown/.test(name))).toEqual([]);
  });

  it('take their thresholds from the caller', () => {
    const thresholds = {
      consumerLagCritical: 777,
      consumerLagWarning: 333,
      diskUsagePercent: 71,
      errorRatePercent: 7,
      underReplicatedPercent: 17,
      produceLatencyMs: 1234,
    };
    const options = { ...ZOOKEEPER, thresholds };
    expect(exprOf('KafkaConsumerLagHigh', options)).toMatch(/> 777$/);
    expect(exprOf('KafkaConsumerLagElevated', options)).toMatch(/> 333$/);
    expect(exprOf('KafkaDiskUsageHigh', options)).toMatch(/> 71$/);
    expect(exprOf('KafkaErrorRateHigh', options)).toMatch(/> 7$/);
    expect(exprOf('KafkaUnderReplicatedPartitionsMany', options)).toMatch(/> 17$/);
    expect(exprOf('KafkaRequestLatencyHigh', options)).toMatch(/> 1234$/);
  });

  it('have thresholds by default', () => {
    expect(exprOf('KafkaConsumerLagHigh', ZOOKEEPER)).toMatch(/> 10000$/);
    expect(exprOf('KafkaConsumerLagElevated', ZOOKEEPER)).toMatch(/> 5000$/);
    expect(exprOf('KafkaDiskUsageHigh', ZOOKEEPER)).toMatch(/> 85$/);
    expect(exprOf('KafkaErrorRateHigh', ZOOKEEPER)).toMatch(/> 5$/);
    expect(exprOf('KafkaUnderReplicatedPartitionsMany', ZOOKEEPER)).toMatch(/> 10$/);
  });

  it('halve a critical lag for the warning', () => {
    expect(exprOf('KafkaConsumerLagElevated', { ...ZOOKEEPER, thresholds: { consumerLagCritical: 500 } })).toMatch(/> 250$/);
  });

  it('know how many processes should run', () => {
    expect(exprOf('KafkaBrokerDown', { ...ZOOKEEPER, brokers: 5 })).toMatch(/< 5$/);
    expect(exprOf('KafkaControllerDown', { ...KRAFT, controllers: 7 })).toMatch(/< 7$/);
    expect([1, 3, 5].map((zookeepers) => exprOf('ZookeeperNoQuorum', { ...ZOOKEEPER, zookeepers })?.slice(-1))).toEqual(['1', '2', '3']);
  });

  it.each(CASES)('look at their own cluster only, with %s', (_, options) => {
    for (const { alert, expr } of rulesOf(options)) {
      const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].map(([, conditions = '']) => conditions);
      const foreign = selectors.filter((conditions) => !/kafka_cluster="orders"|namespace="kafka"/.test(conditions));
      expect({ alert, selects: selectors.length > 0, foreign }).toEqual({ alert, selects: true, foreign: [] });
    }
  });

  it('wait at least a minute, and say how urgent they are', () => {
    for (const rule of rulesOf(ZOOKEEPER)) {
      expect(rule.for).toMatch(/^[1-9]\d*[mh]$/);
      expect(['critical', 'warning']).toContain(rule.labels.severity);
      expect(rule.labels.kafka_cluster).toBe('orders');
    }
  });

  it('name in their texts only labels that their expression keeps', () => {
    for (const { alert, expr, annotations } of [...rulesOf(ZOOKEEPER), ...rulesOf(KRAFT)]) {
      const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(', '));
      const named = [
        ...Object.values(annotations)
          .join(' ')
          .matchAll(/\$labels\.(\w+)/g),
      ].map(([, label]) => label ?? '');
      expect({ alert, lost: named.filter((label) => !kept.includes(label)) }).toEqual({ alert, lost: [] });
    }
  });

  it('are explained one by one in docs/alerts.md, where their runbook points', () => {
    const page = readFileSync(join(__dirname, '../../../docs/alerts.md'), 'utf8');
    const sections = page.split(/^### /m).slice(1);
    expect(sections.map((section) => section.split('\n', 1)[0]).sort()).toEqual([...ALERT_NAMES].sort());
    for (const section of sections) expect(section).toMatch(/^\w+\n\n\*\*Meaning\.\*\* (?:.+\n)+\n\*\*What to do\.\*\* .+/);
    expect(ruleOf('KafkaBrokerDown', ZOOKEEPER)?.annotations.runbook_url).toBe('docs/alerts.md#kafkabrokerdown');
    const runbook = 'https://example.org/alerts';
    expect(ruleOf('KafkaBrokerDown', { ...ZOOKEEPER, runbook })?.annotations.runbook_url).toBe(`${runbook}#kafkabrokerdown`);
  });

  it('are plain data, the same each time', () => {
    const rules = alertRules(ZOOKEEPER);
    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
    expect(JSON.stringify(alertRules({ ...ZOOKEEPER }))).toBe(JSON.stringify(rules));
  });
});
