import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { manifestYaml } from '../../lib/kubernetes/manifest-yaml';

/** Texts that YAML is known to take for something else, and every other kind of text. */
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'NO',
    'on',
    'y',
    'null',
    '~',
    'true',
    '1e3',
    '0x1f',
    '012',
    '0o7',
    '1_000',
    '12:30:45',
    '2026-11-21',
    '.inf',
    '=',
    '<<',
    '- a',
    'a: b',
    'a #b',
    '#a',
    '@a',
    '`a`',
    '%a',
    ' a',
    'a ',
    'a:',
    '',
    '250Gi',
    '500m',
    '1.5',
    '-1',
    '!x',
    '&x',
    '*x',
    '[',
    '{}',
    '|',
    '>',
    '"',
    "'",
    '\t',
    'a\tb',
    '{{ $labels.topic }}',
    'x\r\ny',
    '\u0085',
    '\u2028',
    '\ufeff',
    '😀',
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', ':', '#', '-', '\t', '1', '.', '"', "'", '{', '|') }),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
})).value;
const object = fc.dictionary(text, value, { maxKeys: 6 }).filter((map) => !('__proto__' in map));

/** What survives as JSON: no prototypes, no minus zero. */
const plain = (given: unknown): unknown => JSON.parse(JSON.stringify(given));

describe('a manifest as YAML', () => {
  it.each(['1.1', '1.2'] as const)('reads back as what it was made of, by YAML %s', (version) => {
    fc.assert(
      fc.property(object, (given) => {
        fc.pre(!JSON.stringify(given).includes('__proto__'));
        const read: unknown = parse(manifestYaml(given), { version, merge: false, strict: true, uniqueKeys: true });
        expect(plain(read)).toEqual(plain(given));
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same whatever the order of keys', () => {
    fc.assert(
      fc.property(object, (given) => {
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(manifestYaml(turned)).toBe(manifestYaml(given));
      }),
    );
  });

  it('keeps what people read readable', () => {
    const given = {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      data: { 'start.sh': '#!/bin/sh\nset -eu\n\nexec java "$@"\n', expr: 'sum(up{job="x"}) > 0' },
      empty: {},
      list: [],
      sizes: ['250Gi', { memory: '1Gi', cpu: '500m', deep: [['a'], {}] }],
      flag: 'true',
      image: 'apache/kafka:3.9.2',
    };
    expect(manifestYaml(given)).toBe(`apiVersion: v1
kind: ConfigMap
data:
  expr: sum(up{job="x"}) > 0
  start.sh: |
    #!/bin/sh
    set -eu

    exec java "$@"
empty: {}
flag: "true"
image: apache/kafka:3.9.2
list: []
sizes:
  - 250Gi
  - cpu: 500m
    deep:
      - - a
      - {}
    memory: 1Gi
`);
  });
});
