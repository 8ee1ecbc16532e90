import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readYamlEvents } from '../../lib/environment/yaml-events';
import { parseYaml } from '../../lib/environment/yaml-source';
import { yamlPieces } from '../support/yaml-pieces';

/** Where the quick reader says anything, the other one must say the same: values, kinds, places, and that nothing is wrong. */
function agrees(text: string): boolean {
  const quick = readYamlEvents('e.yaml', text);
  if (quick === undefined) return false;
  expect({ text, ...parseYaml('e.yaml', text) }).toEqual({ text, root: quick, problems: [] });
  return true;
}

const split = (list: string) => list.split(' ¦ ');

const words = [
  String.raw`a ¦ retention.ms ¦ user-1 ¦ a b ¦ http://x:9092/y ¦ x#y ¦ it's ¦ a"b ¦ C:\d ¦ $x ¦ née ¦ 日本 ¦ 😀 ¦ a,b ¦ a{b`,
  'a]',
].flatMap(split);
const numbers = [
  '0 ¦ 1 ¦ -1 ¦ +1 ¦ 007 ¦ -0 ¦ 1.5 ¦ 1.50 ¦ .5 ¦ 5. ¦ 1e3 ¦ 1E-2 ¦ 0x1F ¦ 0o17 ¦ 0b1 ¦ 1_000 ¦ 4.3.1 ¦ 12:30',
  '9007199254740993 ¦ -9007199254740991 ¦ 1e999 ¦ 2024-01-01',
].flatMap(split);
const constants = [
  'null ¦ Null ¦ NULL ¦ ~ ¦ true ¦ True ¦ TRUE ¦ tRUE ¦ false ¦ yes ¦ no ¦ on ¦ Off ¦ y ¦ nan ¦ .nan ¦ .NaN',
  '.inf ¦ -.INF ¦ nulls ¦ truer',
].flatMap(split);
const odd = [
  '- ¦ - a ¦ -a ¦ -- ¦ --- ¦ ... ¦ ? ¦ ? a ¦ ?a ¦ : ¦ :a ¦ a: ¦ a:b ¦ a: b ¦ #a ¦ a #b ¦ &a ¦ &a b ¦ *a ¦ !a b',
  String.raw`!!str 1 ¦ | ¦ > ¦ |- ¦ >+ ¦ %a ¦ @a ¦ @a ¦ << ¦ = ¦ { ¦ } ¦ [ ¦ ] ¦ , ¦ " ¦ ' ¦ "" ¦ '' ¦ 'it''s' ¦ "a\nb"`,
  `"a ¦ 'a ¦ "a" b ¦ 'a'b ¦ {} ¦ [] ¦ { } ¦ [ ] ¦ {a} ¦ {a: } ¦ {a: 1,} ¦ [1,] ¦ [,] ¦ {a:1} ¦ {"a":1}`,
  '{? a: b} ¦ [a: b] ¦ [a, [b], {c: d}] ¦ {a: [b, {c: d}]} ¦ {a: b: c} ¦ {a: b}c ¦ {a: b} #c ¦ {a: b}#c',
  '[a]: b ¦ {a: &x b} ¦ {<<: {a: 1}} ¦ {a: http://b:1} ¦ {a: b:} ¦ [a:] ¦ [a#b, c #d] ¦ {a: 1, a: 2}',
  `{1: a, "1": b} ¦ {a: b ¦ [a ¦ {a: "b, c"} ¦ ['a: b']`,
].flatMap(split);
const scalar = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom(...words) },
  { weight: 5, arbitrary: fc.constantFrom(...numbers, ...constants) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 2, arbitrary: fc.constantFrom(...words, ...constants, ...numbers).map((word) => JSON.stringify(word)) },
  { weight: 2, arbitrary: fc.constantFrom(...words, ...constants, ...numbers).map((word) => `'${word}'`) },
);
const key = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 30 }).map((number) => `k${number}`) },
  { weight: 1, arbitrary: scalar },
);
const pad = fc.constantFrom('', '', '', '', ' ', '  ');
const seldom = (...ones: readonly string[]) => fc.oneof({ weight: 3 * ones.length, arbitrary: fc.constant('') }, fc.constantFrom(...ones));
const tail = seldom(' ', ' # c', '#c', '  #', '\t', ' # c: d', '\r');
const gap = seldom('\n', '\n\n', '# c\n', '   # c\n', '  \n', '#\n', '\t\n', '---\n', '...\n', '  a\n');

const { flow } = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.tuple(pad, fc.array(fc.tuple(tie('flow'), pad, pad), { maxLength: 3 })).map(
      ([p, items]) =>
        `[${p}${items
          .map(([v, a, b]) => `${v}${a},${b}`)
          .join('')
          .replace(/,( *)$/, '$1')}]`,
    ),
    fc.tuple(pad, fc.array(fc.tuple(key, pad, tie('flow'), pad, pad), { maxLength: 3 })).map(
      ([p, items]) =>
        `{${p}${items
          .map(([k, s, v, a, b]) => `${k}: ${s}${v}${a},${b}`)
          .join('')
          .replace(/,( *)$/, '$1')}}`,
    ),
  ),
}));

type Lines = readonly string[];
const indented = (lines: Lines, by: number): string[] => lines.map((line) => (line === '' ? line : `${' '.repeat(by)}${line}`));

const { map } = fc.letrec<{ map: Lines; list: Lines; block: Lines }>((tie) => ({
  map: fc
    .array(
      fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.tuple(gap, key, pad, flow, tail).map(([g, k, s, v, t]) => [`${g}${k}: ${s}${v}${t}`]),
        fc
          .tuple(gap, key, tail, fc.constantFrom(0, 1, 2, 2, 2, 4), tie('block'))
          .map(([g, k, t, by, below]) => [`${g}${k}:${t}`, ...indented(below, by)]),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((entries) => entries.flat()),
  list: fc
    .array(
      fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.tuple(gap, flow, tail).map(([g, v, t]) => [`${g}- ${v}${t}`]),
        fc
          .tuple(gap, fc.constantFrom(1, 1, 1, 2, 3), tie('block'))
          .map(([g, by, [first = '', ...rest]]) => [`${g}-${' '.repeat(by)}${first}`, ...indented(rest, by + 1)]),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((items) => items.flat()),
  block: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('map'), tie('list')),
}));

const document = fc.tuple(map, fc.constantFrom('\n', '\n', '', '\n\n', '\n# end', ' \n')).map(([lines, end]) => lines.join('\n') + end);

const pieces = [...yamlPieces, '-', ',', ' ', '  ', ' #', '\u0085', '\u2028'];

/** A text with some of its characters cut out and pieces of YAML put in. */
const damaged = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.array(fc.record({ at: fc.nat(), cut: fc.nat(6), piece: fc.constantFrom(...pieces) }), { minLength: 1, maxLength: 3 }))
    .map(([sound, changes]) =>
      changes.reduce((now, { at, cut, piece }) => {
        const place = at % (now.length + 1);
        return now.slice(0, place) + piece + now.slice(place + cut);
      }, sound),
    );

const folder = join(__dirname, '..', '..', 'environments');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readFileSync(join(folder, file), 'utf8'));

describe('the quick reader of YAML', () => {
  it('reads any document as the other reader does, or not at all', () => {
    let read = 0;
    fc.assert(
      fc.property(document, (text) => {
        if (agrees(text)) read++;
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  it('reads any damaged document as the other reader does, or not at all', () => {
    fc.assert(
      fc.property(damaged(document), (text) => void agrees(text)),
      { numRuns: 3_000 },
    );
  });

  it('reads real environments, sound or damaged, as the other reader does, or not at all', () => {
    expect(files.filter(agrees).length).toBeGreaterThan(files.length / 2);
    fc.assert(
      fc.property(damaged(fc.constantFrom(...files)), (text) => void agrees(text)),
      { numRuns: 300 },
    );
  });
});
