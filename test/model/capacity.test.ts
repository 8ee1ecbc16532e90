import { describe, expect, it } from '@jest/globals';
import { capacityOf, type Environment, parseEnvironment } from '../../lib/model';
import { type Change, environmentWith } from './good-environment';

const both = { platforms: ['kubernetes', 'docker'] } as const;
const halfTerabyte = Object.fromEntries([1, 2, 3].map((pool) => [`nodePools/${pool}/disks/0/size`, '500G']));

/** An environment with errors has none, so the load is small enough for the disks here. */
function environment(change: Change): Environment {
  const { environment: result, problems } = parseEnvironment(environmentWith(change), both);
  if (result === undefined) throw new Error(JSON.stringify(problems));
  return result;
}

/** bytes: 1,000 records of 500 bytes a second for 7 days, one segment of a GiB for each of 12 partitions, three replicas */
const good = (1000 * 500 * 604_800 + 12 * 2 ** 30) * 3;

describe('capacityOf', () => {
  it('multiplies rate, retention and replicas, and adds a segment a partition and a quarter', () => {
    const capacity = capacityOf(environment({}));
    expect(capacity.topics).toEqual([{ topic: 'orders', bytes: good }]);
    expect(capacity.required).toBeCloseTo(good * 1.25, 0);
    expect(capacity.available).toBe(3e12);
    expect(capacity.smallest).toMatchObject({ node: 0, available: 1e12 });
  });

  it('takes the smaller of the limits by time and by size', () => {
    const config = { 'retention.ms': 604_800_000, 'retention.bytes': 2_000_000_000 };
    expect(capacityOf(environment({ 'topics/orders/config': config })).stored).toBe((12 * 2e9 + 12 * 2 ** 30) * 3);
  });

  it("reads the brokers' retention where the topic has none, hours, minutes and milliseconds in Kafka's order", () => {
    const stored = (config: object) =>
      capacityOf(environment({ 'topics/orders/config': {}, 'kafka/config': { 'log.segment.bytes': 1_048_576, ...config } })).stored;
    const slack = 12 * 1_048_576 * 3;
    expect(stored({ 'log.retention.hours': 1 })).toBe(1000 * 500 * 3600 * 3 + slack);
    expect(stored({ 'log.retention.hours': 1, 'log.retention.minutes': 1 })).toBe(1000 * 500 * 60 * 3 + slack);
    expect(stored({ 'log.retention.minutes': 1, 'log.retention.ms': 1000 })).toBe(1000 * 500 * 3 + slack);
  });

  it('counts no more slack than a quiet topic can write before its segment is closed', () => {
    const change = {
      'topics/orders/load': { messagesPerSecond: 0.001, messageBytes: 100 },
      'topics/orders/config': { 'retention.ms': 1000, 'segment.ms': 60_000 },
    };
    expect(capacityOf(environment(change)).stored).toBeCloseTo((0.1 * 1 + 0.1 * 60) * 3, 6);
  });

  it('leaves out topics without a load and compacted ones', () => {
    const change = { 'topics/orders/load': undefined, 'topics/customers/load': { messagesPerSecond: 1e6, messageBytes: 1e6 } };
    expect(capacityOf(environment(change)).topics).toEqual([]);
  });

  it('refuses 100,000 records a second of 1 kB for 7 days on three brokers with 500 GB: 121 times too much', () => {
    const change = { ...halfTerabyte, 'topics/orders/load': { messagesPerSecond: 100_000, messageBytes: 1000 } };
    const { problems } = parseEnvironment(environmentWith(change), both);
    expect(problems).toEqual([
      {
        code: 'capacity/disks-too-small',
        severity: 'error',
        path: ['nodePools'],
        message: expect.stringMatching(
          /^topics keep 181\.5 TB .*, 121 times the 1\.5 TB of the brokers' data disks; with 25% headroom 226\.\d TB are needed/,
        ),
      },
    ]);
  });

  it('counts data disks of brokers alone', () => {
    const disks = [
      { name: 'a', size: '400G' },
      { name: 'b', size: '600G' },
      { name: 'logs', size: '9T', purpose: 'logs' },
    ];
    expect(capacityOf(environment({ 'nodePools/1/disks': disks, 'nodePools/0/disks/0/size': '9T' })).available).toBe(3e12);
  });
});
