import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type AliasRule, aliasRules, formatPath } from '../../lib/model';
import { loadFrom } from './support';

/** A value in which the map that a rule is about holds `leaf` under some keys; one topic stands for `*`. */
function example(at: string, keys: readonly string[], leaf: unknown): unknown {
  const steps = [...(at === '' ? [] : at.split('.')), ...keys];
  const lists = ['producers', 'consumers'];
  return steps.reduceRight<unknown>((value, step, index) => {
    if (step !== '*') return { [step]: value };
    return lists.includes(steps[index - 1] ?? '') ? [value] : { one: value };
  }, leaf);
}

/** `defaults` shows in a topic only, so one that says nothing itself stands beside it. */
function load(value: unknown, at: string) {
  const file = at === 'defaults' ? { ...(value as object), topics: { one: {} } } : value;
  return loadFrom({ e: stringify(file) }, 'e');
}

function merged(rule: AliasRule, leaf: unknown): unknown {
  return rule.at === 'defaults' ? example('topics.*', rule.to, leaf) : example(rule.at, rule.to, leaf);
}

// The overrides and the thresholds are maps, and the former are gone once merged.
const rows = aliasRules
  .filter(({ to }) => to.at(-1) !== 'environmentOverrides')
  .map((rule) => [`${rule.at}: ${formatPath(rule.from)} is ${formatPath(rule.to)}`, rule] as const);

describe('the alias table', () => {
  it.each(rows)('%s', (_, rule) => {
    const loaded = load(example(rule.at, rule.from, { value: 1 }), rule.at);
    expect(loaded.problems).toEqual([]);
    expect(loaded.value).toEqual(merged(rule, { value: 1 }));
  });

  it('leaves what is canonical as it is', () => {
    for (const [, rule] of rows) expect(load(example(rule.at, rule.to, { value: 1 }), rule.at).value).toEqual(merged(rule, { value: 1 }));
  });

  it('has no rule whose result is another rule to apply', () => {
    const spellings = new Set(aliasRules.map(({ at, from }) => JSON.stringify([at, from])));
    expect(aliasRules.filter(({ at, to }) => spellings.has(JSON.stringify([at, to])))).toEqual([]);
  });

  it('has every spelling once', () => {
    expect(new Set(aliasRules.map(({ at, from }) => JSON.stringify([at, from]))).size).toBe(aliasRules.length);
  });
});

describe('what is written in both vocabularies', () => {
  it('is a problem that names both places', () => {
    const text = 'topics:\n  jobs:\n    retention_ms: 1\n    config:\n      retention.ms: 2\n';
    const [problem, ...more] = loadFrom({ e: text }, 'e').problems;
    expect(more).toEqual([]);
    expect(problem?.code).toBe('environment/given-twice');
    expect(problem?.path).toEqual(['topics', 'jobs', 'retention_ms']);
    expect(problem?.position).toEqual({ file: 'environments/e.yaml', line: 3, column: 5 });
    expect(problem?.message).toBe(
      'retention_ms and config["retention.ms"] are one and the same, and both are given: at environments/e.yaml:3:5 and at environments/e.yaml:5:7; keep one',
    );
  });

  it('is found among three spellings, twice', () => {
    const text = 'defaults: {min_in_sync_replicas: 1, config: {min_in_sync_replicas: 2, min.insync.replicas: 3}}\ntopics: {jobs: {}}\n';
    expect(loadFrom({ e: text }, 'e').problems.map(({ code }) => code)).toEqual(['environment/given-twice', 'environment/given-twice']);
  });

  it('may stand side by side in different layers, where the higher wins', () => {
    const files = { base: 'topics: {jobs: {retention_ms: 1}}\n', e: 'extends: base.yaml\ntopics: {jobs: {config: {retention.ms: 2}}}\n' };
    expect(loadFrom(files, 'e').value).toEqual({ topics: { jobs: { config: { 'retention.ms': 2 } } } });
  });

  it('cannot be moved into what is no map', () => {
    expect(loadFrom({ e: 'topics: {jobs: {retention_ms: 1, config: null}}\n' }, 'e').problems.map(({ code }) => code)).toEqual([
      'environment/alias-blocked',
    ]);
  });
});

describe('places', () => {
  it('are looked up inside environment_overrides as outside of them', () => {
    const text =
      'kind: development\nenvironment_overrides: {development: {security: {strict_mode: true}, service_accounts: {api: {rotation_days: 9}}}}\n';
    expect(loadFrom({ e: text }, 'e').value).toEqual({
      kind: 'development',
      security: { strictMode: true },
      serviceAccounts: { api: { rotationDays: 9 } },
    });
  });

  it("leave a user's own words alone", () => {
    const text = 'security: {ip_allowlists: {strict_mode: []}}\ntopics: {service_accounts: {}}\nuser_groups: {user_groups: {}}\n';
    expect(loadFrom({ e: text }, 'e').value).toEqual({
      security: { ipAllowlists: { strict_mode: [] } },
      topics: { service_accounts: {} },
      userGroups: { user_groups: {} },
    });
  });

  it('keep the position of the word that was written', () => {
    const loaded = loadFrom({ e: 'topics:\n  jobs:\n    retention_ms: 1\n' }, 'e');
    expect(loaded.provenance?.sourceOf(['topics', 'jobs', 'config', 'retention.ms'])).toEqual({
      layer: 'topic',
      position: { file: 'environments/e.yaml', line: 3, column: 19 },
    });
  });

  it('send no setting of a client to a broker', () => {
    const text = 'topics: {jobs: {config: {batch_size: 65536, linger_ms: 10, compression_type: lz4, acks: all, fetch.min.bytes: 1}}}\n';
    expect(loadFrom({ e: text }, 'e').value).toEqual({
      topics: {
        jobs: {
          config: { 'compression.type': 'lz4' },
          clientSettings: { producer: { acks: 'all', 'batch.size': 65536, 'linger.ms': 10 }, consumer: { 'fetch.min.bytes': 1 } },
        },
      },
    });
  });
});
