import { describe, expect, it } from '@jest/globals';
import { problemsJson, renderProblems } from '../../lib/environment';
import type { Problem } from '../../lib/model';

const problems: Problem[] = [
  {
    code: 'topic/b',
    severity: 'warning',
    path: ['topics', 'user.attempts'],
    message: 'two',
    position: { file: 'b.yaml', line: 2, column: 1 },
  },
  {
    code: 'topic/a',
    severity: 'error',
    path: ['topics', 'jobs', 'partitions'],
    message: 'one',
    position: { file: 'a.yaml', line: 10, column: 3 },
  },
  { code: 'topic/a', severity: 'error', path: [], message: 'zero', position: { file: 'a.yaml', line: 9, column: 30 } },
];

describe('problems as text', () => {
  it('stand one a line by file and line, with their number at the end', () => {
    expect(renderProblems(problems)).toBe(
      [
        'a.yaml:9:30: error: zero [topic/a]',
        'a.yaml:10:3: error: topics.jobs.partitions: one [topic/a]',
        'b.yaml:2:1: warning: topics["user.attempts"]: two [topic/b]',
        '2 errors, 1 warning in 2 files',
        '',
      ].join('\n'),
    );
  });

  it('are nothing when there are none', () => {
    expect(renderProblems([])).toBe('');
  });

  it('have no place when they have none', () => {
    expect(renderProblems([{ code: 'a/b', severity: 'notice', path: ['x'], message: 'm' }])).toBe('notice: x: m [a/b]\n1 notice\n');
  });

  it('keep to one line whatever stands in a file', () => {
    const text = renderProblems([{ code: 'a/b', severity: 'error', path: [], message: 'got "a\nb\u001b[31m"' }]);
    expect(text.split('\n')[0]).toBe('error: got "a\\nb\\u001b[31m" [a/b]');
  });
});

it('problems as data have their place beside them and are counted', () => {
  const json = problemsJson(problems);
  expect(json.problems[1]).toEqual({
    code: 'topic/a',
    severity: 'error',
    path: 'topics.jobs.partitions',
    message: 'one',
    file: 'a.yaml',
    line: 10,
    column: 3,
  });
  expect([json.errors, json.warnings, json.notices]).toEqual([2, 1, 0]);
});
