import { describe, expect, it } from '@jest/globals';
import { parseEnvironment } from '../../lib/model';
import { loaded } from './environments';

type Value = Readonly<Record<string, unknown>>;

/** A merged environment with other values laid over it, map by map. */
function changed(id: string, over: Value): unknown {
  return lay(loaded(id).value as Value, over);
}

function lay(below: Value, over: Value): Value {
  const entries = Object.entries(over).map(([key, value]) => {
    const inside = below[key];
    return [key, isMap(value) && isMap(inside) ? lay(inside, value) : value] as const;
  });
  return { ...below, ...Object.fromEntries(entries) };
}

function isMap(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The codes and messages of the errors in an environment changed so. */
function errors(id: string, over: Value): string[] {
  return parseEnvironment(changed(id, over))
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`);
}

describe('what the systems of docs/seeds.md ask for and cannot have', () => {
  it('S4-45: 100,000 messages of 1,000 bytes a second for a week, three times, on 1.5 TB', () => {
    const [error] = errors('llm-analytics/production', {
      kafka: { config: { 'log.retention.bytes': -1 } },
      topics: { 'llm-events': { load: { messagesPerSecond: 100_000, messageBytes: 1000 } } },
    });
    expect(error).toMatch(/^capacity\/disks-too-small: topics keep 181\.9 TB .* 113 times the 1\.6 TB/);
  });

  it('S4-42: 500 GB for each partition is no limit', () => {
    const [error] = errors('llm-analytics/production', {
      kafka: { config: { 'log.retention.bytes': 536_870_912_000 } },
      topics: { 'llm-events': { load: { messagesPerSecond: 100_000, messageBytes: 1000 } } },
    });
    expect(error).toMatch(/^capacity\/disks-too-small: topics keep 52 TB/);
  });

  it('S2-35: a heap of 32 GiB', () => {
    const { nodePools } = loaded('tda/production').value as { nodePools: Value[] };
    const found = errors('tda/production', { nodePools: nodePools.map((pool) => ({ ...pool, heap: '32Gi' })) });
    expect(found).toEqual([expect.stringMatching(/^memory\/heap-too-large: heap 32Gi .* at most 31Gi$/)]);
  });

  it('S2-38: brokers that refuse to delete beside a convergence that may', () => {
    const found = errors('tda/production', {
      kafka: { config: { 'delete.topic.enable': false } },
      convergence: { deleteTopics: true },
    });
    expect(found).toEqual([expect.stringMatching(/^topic\/deletion-disabled: /)]);
  });

  it('S2-19: 30 days for a topic that is only compacted', () => {
    const found = errors('tda/production', { topics: { tda_results: { config: { 'cleanup.policy': 'compact' } } } });
    expect(found).toEqual([expect.stringMatching(/^topic\/compact-ignores-retention: retention\.ms 2592000000 has no effect/)]);
  });

  it('S4-25: one password for two accounts', () => {
    const found = errors('llm-analytics/staging', {
      serviceAccounts: { 'llm-analytics-consumer': { secret: 'user-password' } },
      platform: { kubernetes: { secrets: { 'user-password': { name: 'kafka-secrets', key: 'user-password' } } } },
    });
    expect(found).toContainEqual(expect.stringMatching(/^secret\/shared-by-accounts: /));
  });

  it('S1-29: producer settings among those of a topic, by their dotted names', () => {
    const found = errors('kraft/production', { topics: { orders: { config: { 'linger.ms': 10 } } } });
    expect(found).toEqual([expect.stringMatching(/^config\/client-setting: "linger\.ms" is a producer setting/)]);
  });
});
