import { describe, expect, it } from '@jest/globals';
import { estimateSeries } from '../../../lib/runtime/metrics';
import { FRESH_BROKER_SERIES } from '../../../lib/runtime/metrics/series-budget';

describe('the series budget', () => {
  it('gives a broker without topics fewer series than its limit', () => {
    expect(estimateSeries('broker', { metadata: 'zookeeper' })).toBeLessThanOrEqual(FRESH_BROKER_SERIES);
    expect(estimateSeries('combined', { metadata: 'kraft' })).toBeLessThanOrEqual(FRESH_BROKER_SERIES);
  });

  it('costs three series a topic, whatever its partitions', () => {
    const load = { metadata: 'kraft', topics: 100 } as const;
    const none = estimateSeries('broker', { metadata: 'kraft' });
    expect(estimateSeries('broker', load) - none).toBe(300);
    expect(estimateSeries('broker', { ...load, replicas: 4000 }) - none).toBe(300);
  });

  it('costs one series a replica where that is asked for', () => {
    const load = { metadata: 'kraft', topics: 100, replicas: 4000 } as const;
    expect(estimateSeries('broker', { ...load, partitionMetrics: true }) - estimateSeries('broker', load)).toBe(4000);
  });

  it('keeps a broker of 1,000 topics below what an unrestricted agent serves on an empty one', () => {
    expect(estimateSeries('broker', { metadata: 'zookeeper', topics: 1000 })).toBeLessThan(3400);
  });

  it('counts connections by listener and network thread', () => {
    const few = estimateSeries('broker', { metadata: 'kraft', listeners: 1, networkThreads: 1 });
    expect(estimateSeries('broker', { metadata: 'kraft', listeners: 3, networkThreads: 8 }) - few).toBe(2 * (24 - 1));
  });
});
