import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ruleLabels } from '../../../lib/runtime/metrics/mbean-pattern';
import { METRIC_NAMES, metricOf } from '../../../lib/runtime/metrics/table';

describe('the metric table', () => {
  it('has the metrics that users of Kafka know by these names', () => {
    expect(METRIC_NAMES).toEqual(
      expect.arrayContaining([
        'kafka_server_brokertopicmetrics_messagesinpersec',
        'kafka_server_brokertopicmetrics_bytesinpersec',
        'kafka_server_replicamanager_underreplicatedpartitions',
        'kafka_controller_kafkacontroller_activecontrollercount',
        'kafka_consumergroup_group_lag',
        'kafka_consumergroup_group_lag_seconds',
        'kafka_consumergroup_group_max_lag',
        'kafka_consumergroup_group_sum_lag',
        'java_lang_memory_heapmemoryusage_used',
        'java_lang_garbagecollector_collectiontime',
      ]),
    );
  });

  it('has names that Prometheus takes, all lower-case', () => {
    expect(METRIC_NAMES.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });

  it('has no name of ours with a suffix that the agent would take away', () => {
    const ours = METRIC_NAMES.filter((name) => metricOf(name).mbeans !== undefined);
    expect(ours.filter((name) => /_(total|created|bucket|info)$/.test(name))).toEqual([]);
  });

  it('declares just the labels that each of its MBean patterns gives', () => {
    for (const name of METRIC_NAMES) {
      const { mbeans = [], labels } = metricOf(name);
      for (const mbean of mbeans)
        expect({ name, labels: Object.keys(ruleLabels(mbean)).sort() }).toEqual({ name, labels: [...labels].sort() });
    }
  });

  it('has MBeans for what our rules read and for nothing else', () => {
    for (const name of METRIC_NAMES) {
      const { mbeans, source } = metricOf(name);
      expect({ name, byRule: mbeans !== undefined }).toEqual({
        name,
        byRule: ['broker', 'controller', 'zookeeper', 'jvm'].includes(source),
      });
    }
  });

  it('is explained in docs/metrics.md, row by row', () => {
    const page = readFileSync(join(__dirname, '../../../docs/metrics.md'), 'utf8');
    const rows = METRIC_NAMES.map((name) => {
      const { kind, source, modes, labels, help, detail } = metricOf(name);
      const more = detail === undefined ? '' : ' (only with partition metrics)';
      return `| \`${name}\` | ${kind} | ${source} | ${modes} | ${labels.join(', ')} | ${help}${more} |`;
    });
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
    const listed = [...page.matchAll(/^\| `(\w+)` \| (?:gauge|counter) \|/gm)].map(([, name]) => name);
    expect(listed).toEqual([...METRIC_NAMES]);
  });
});
