import { describe, expect, it } from '@jest/globals';
import { above, absent, inCluster, onVolumes, or, orZero, over, percent, plus, rate, sum } from '../../../lib/runtime/metrics/promql';

const kafka = inCluster('orders');
const bytesIn = kafka('kafka_server_brokertopicmetrics_bytesinpersec');
const underReplicated = kafka('kafka_server_replicamanager_underreplicatedpartitions');

describe('the PromQL builder', () => {
  it('selects one cluster', () => {
    expect(bytesIn.text).toBe('kafka_server_brokertopicmetrics_bytesinpersec{kafka_cluster="orders"}');
  });

  it('quotes what stands in a matcher', () => {
    expect(inCluster('a"b\\c')('up').text).toBe('up{kafka_cluster="a\\"b\\\\c"}');
    expect(onVolumes('kafka', 'data-\\d+')('kubelet_volume_stats_used_bytes').text).toContain('persistentvolumeclaim=~"data-\\\\d+"');
  });

  it('aggregates by labels', () => {
    expect(sum(rate(bytesIn, '5m'), 'instance').text).toBe(`sum by (instance) (rate(${bytesIn.text}[5m]))`);
  });

  it('keeps the order of operations', () => {
    const one = sum(underReplicated);
    expect(over(plus(one, one), plus(one, one)).text).toBe(`(${one.text} + ${one.text}) / (${one.text} + ${one.text})`);
    expect(above(percent(one, one), 10).text).toBe(`((${one.text} / ${one.text}) * 100) > 10`);
    expect(above(orZero(one), 1).text).toBe(`(${one.text} or vector(0)) > 1`);
    expect(or(above(one, 0), absent(underReplicated)).text).toBe(`(${one.text} > 0) or absent(${underReplicated.text})`);
  });

  it('knows the metrics of an expression', () => {
    expect(plus(sum(bytesIn), sum(underReplicated)).metrics).toEqual([
      'kafka_server_brokertopicmetrics_bytesinpersec',
      'kafka_server_replicamanager_underreplicatedpartitions',
    ]);
  });

  it('does not compile with a metric, a rate or a label that there is not', () => {
    // The type check of the project fails when one of these lines compiles.
    const mistakes = [
      // @ts-expect-error not a metric of the table
      () => kafka('kafka_server_brokertopicmetrics_bytesinpersecond'),
      // @ts-expect-error a gauge has no rate
      () => rate(underReplicated, '5m'),
      // @ts-expect-error the totals of a broker have no topic
      () => kafka('kafka_server_brokertopicmetrics_bytesinpersec', { topic: 'orders' }),
      // @ts-expect-error nor can they be summed by it
      () => sum(bytesIn, 'topic'),
      // @ts-expect-error a sum over everything has no labels left
      () => sum(sum(bytesIn), 'instance'),
      // @ts-expect-error the kubelet knows no cluster
      () => kafka('kubelet_volume_stats_used_bytes'),
      // @ts-expect-error zero would stand for the missing labels too
      () => orZero(sum(bytesIn, 'instance')),
    ];
    expect(mistakes).toHaveLength(7);
  });
});
