import { describe, expect, it } from '@jest/globals';
import { type Problem, parseEnvironment } from '../../lib/model';
import { applyWaivers } from '../../lib/model/waive';
import { environmentWith } from './good-environment';

const codes = new Set(['topic/a', 'topic/b']);
const error: Problem = { code: 'topic/a', severity: 'error', path: ['topics', 'a'], message: 'a is wrong; mend it' };
const waiver = { rule: 'topic/a', reason: 'moves with the new disks', until: '2026-06-30' };
const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe('applyWaivers', () => {
  it('makes a waived problem a notice that carries reason and date', () => {
    expect(applyWaivers([error], [waiver], { codes, now: on('2026-06-30') })).toEqual([
      { ...error, severity: 'notice', message: 'a is wrong; mend it (waived until 2026-06-30: moves with the new disks)' },
    ]);
  });

  it('waives nothing once it has expired, and is an error itself', () => {
    expect(applyWaivers([error], [waiver], { codes, now: on('2026-07-01') })).toEqual([
      error,
      {
        code: 'waiver/expired',
        severity: 'error',
        path: ['waivers', 0, 'until'],
        message: 'waiver of "topic/a" ended on 2026-06-30; mend what it waived and remove it',
      },
    ]);
  });

  it('holds on with a warning where the output must not depend on the day', () => {
    const severities = applyWaivers([error], [waiver], { codes, now: on('2026-07-01'), expired: 'warn' }).map(({ code, severity }) => [
      code,
      severity,
    ]);
    expect(severities).toEqual([
      ['topic/a', 'notice'],
      ['waiver/expired', 'warning'],
    ]);
  });

  it('holds without a day to judge by', () => {
    expect(applyWaivers([error], [waiver], { codes })).toHaveLength(1);
  });

  it('warns of waivers for nothing', () => {
    const waivers = [
      { ...waiver, rule: 'topic/c' },
      { ...waiver, rule: 'topic/b' },
    ];
    expect(
      applyWaivers([], waivers, { codes, now: on('2026-01-01') }).map(({ code, severity, message }) => [code, severity, message]),
    ).toEqual([
      ['waiver/unknown-rule', 'warning', 'waiver of "topic/c", which is no rule; correct or remove it'],
      ['waiver/no-effect', 'warning', 'waiver of "topic/b" waives nothing; remove it'],
    ]);
  });

  it('leaves notices as they are', () => {
    const notice: Problem = { ...error, severity: 'notice' };
    expect(applyWaivers([notice], [], { codes })).toEqual([notice]);
  });
});

describe('parseEnvironment with waivers', () => {
  const change = {
    'topics/orders/replicationFactor': 5,
    waivers: [{ rule: 'topic/replication-exceeds-brokers', reason: 'two brokers come next week', until: '2026-06-30' }],
  };
  const parse = (day: string, expired?: 'refuse' | 'warn') => parseEnvironment(environmentWith(change), { now: on(day), expired });

  it('gives an environment when all errors are waived', () => {
    expect(parse('2026-06-01').environment?.name).toBe('orders-production');
    expect(parse('2026-06-01').problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['topic/replication-exceeds-brokers', 'notice'],
    ]);
  });

  it('gives none the day after, except to who only warns', () => {
    expect(parse('2026-07-01').environment).toBeUndefined();
    expect(parse('2026-07-01', 'warn').environment).toBeDefined();
  });
});
