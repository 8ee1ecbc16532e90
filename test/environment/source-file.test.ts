import { describe, expect, it } from '@jest/globals';
import { faults, loadFrom } from './support';

const valueIn = (text: string) => loadFrom({ e: text }, 'e').value;

describe('what a file may not contain', () => {
  const rows: [what: string, text: string, faults: string[]][] = [
    ['nothing', '', ['1:1 empty']],
    ['comments alone', '# later\n\n', ['1:1 empty']],
    ['a document without content', '---\n', ['1:1 empty']],
    ['null alone', 'null\n', ['1:1 empty']],
    ['a list', '- a\n- b\n', ['1:1 not-a-map']],
    ['a text', 'orders\n', ['1:1 not-a-map']],
    ['a tab as indentation', 'kafka:\n\tversion: 3\n', ['2:1 syntax']],
    ['an open quote', 'name: "orders\nkind: x\n', ['3:1 syntax']],
    ['an open bracket', 'name: [1, 2\nkind: x\n', ['2:1 syntax']],
    ['a reserved character', 'name: a\nkind: @x\n', ['2:7 syntax']],
    ['a key given twice', 'name: a\nkind: x\nname: b\n', ['3:1 duplicate-key']],
    ['a key given twice in braces', 'tags: {a: 1, b: 2, a: 3}\n', ['1:20 duplicate-key']],
    ['a number and a text as the same key', 'tags: {1: a, "1": b}\n', ['1:14 duplicate-key']],
    ['an anchor and its use', 'a: &x 1\nb: *x\n', ['1:7 anchor', '2:4 anchor']],
    ['a merge key', 'a: {b: 1}\n<<: {c: 2}\n', ['2:1 anchor']],
    ['two documents', 'name: a\n---\nname: b\n', ['2:1 documents']],
    ['a number beyond 2^53', 'a: 9007199254740993\n', ['1:4 number']],
    ['a number that is none', 'a: .nan\nb: .inf\nc: 1e999\n', ['1:4 number', '2:4 number', '3:4 number']],
    ['a version that would lose its zero', 'kafka:\n  version: 7.10\n', ['2:12 number']],
    ['a tag', 'a: !secret b\n', ['1:12 tag']],
    ['a set', 'a: !!set {b}\n', ['1:10 tag']],
    ['a key without a value', 'topics:\n  jobs:\nname: a\n', ['2:8 empty-value']],
    ['an item without a value', 'list:\n  -\n  - a\n', ['2:4 empty-value']],
    ['a list as a key', '? [a]\n: b\nname: c\n', ['1:3 key']],
  ];

  it.each(rows)('%s', (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it('reports 30 mistakes as 30 problems, each on its line', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `key${index}: ${['.nan', '*x', '9007199254740993'][index % 3]}`);
    expect(loadFrom({ e: lines.join('\n') }, 'e').problems.map(({ position }) => position?.line)).toEqual(
      lines.map((_, index) => index + 1),
    );
  });

  it('fails without a stack trace on values a hundred thousand levels deep', () => {
    expect(faults(`a: ${'['.repeat(100_000)}`).length).toBeGreaterThan(0);
    expect(faults(`a: ${'['.repeat(70)}1${']'.repeat(70)}`)).toEqual(['1:68 too-deep']);
  });

  it('says where the key stood first', () => {
    expect(loadFrom({ e: 'name: a\nname: b\n' }, 'e').problems[0]?.message).toBe(
      '"name" is given twice in one map, first on line 1; keep one',
    );
  });
});

describe('how values are read', () => {
  it('keeps dates and yes and no as text', () => {
    expect(valueIn('a: 2024-01-01\nb: yes\nc: no\nd: on\ne: 12:30\n')).toEqual({ a: '2024-01-01', b: 'yes', c: 'no', d: 'on', e: '12:30' });
  });

  it('reads numbers and booleans of YAML 1.2', () => {
    expect(valueIn('a: 7.5\nb: true\nc: 0o17\nd: 2592000000\ne: -1\n')).toEqual({ a: 7.5, b: true, c: 15, d: 2592000000, e: -1 });
  });

  it('takes numbers as keys by the way they are written', () => {
    expect(valueIn('zones: {1: a, 02: b}\n')).toEqual({ zones: { '1': 'a', '02': 'b' } });
  });

  it('takes Windows line ends and a byte order mark', () => {
    expect(valueIn('\uFEFFname: a\r\nkind: b\r\n')).toEqual({ name: 'a', kind: 'b' });
  });

  it('keeps a key that JavaScript would take for a prototype as an ordinary one', () => {
    expect(Object.keys(valueIn('__proto__: {a: 1}\n') as object)).toEqual(['__proto__']);
  });
});
