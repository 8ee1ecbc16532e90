import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { applyAliases } from '../../lib/environment/alias';
import { type LocatedMap, plainValue } from '../../lib/environment/located';
import { merge } from '../../lib/environment/merge';
import { provenanceOf } from '../../lib/environment/provenance';
import { parseSource } from '../../lib/environment/source-file';
import { aliasRules } from '../../lib/model';
import { loadFrom } from '../environment/support';

type Plain = Record<string, unknown>;

function located(value: Plain, file = 'law.yaml'): LocatedMap {
  const { root, problems } = parseSource(file, stringify(value, { aliasDuplicateObjects: false }));
  if (root === undefined) throw new Error(JSON.stringify(problems));
  return root;
}

const mergePlain = (...layers: Plain[]): unknown =>
  plainValue(layers.map((layer) => located(layer)).reduce<LocatedMap>((a, b) => merge(a, b) as LocatedMap, located({})));

// What a key holds follows from its first letter, as in a schema: layers of one schema never put a map where another has a number.
const key = (letter: string) => fc.constantFrom('a', 'b', 'c').map((rest) => `${letter}${rest}`);
const number = fc.integer({ min: 0, max: 9 });
const scalars = fc.dictionary(key('s'), number);
const namedList = fc.uniqueArray(fc.record({ name: fc.constantFrom('x', 'y', 'z'), sa: number }), {
  selector: ({ name }) => name,
  minLength: 1,
  maxLength: 3,
});
const tree: fc.Arbitrary<Plain> = fc.letrec<{ tree: Plain }>((tie) => ({
  tree: fc
    .tuple(
      scalars,
      fc.dictionary(key('m'), fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalars, tie('tree')), { maxKeys: 2 }),
      fc.dictionary(key('n'), namedList, { maxKeys: 2 }),
      fc.dictionary(key('l'), fc.array(number, { maxLength: 3 }), { maxKeys: 2 }),
    )
    .map((parts) => Object.assign({}, ...parts) as Plain),
})).tree;

/** The same value with the keys of every map in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (value === null || typeof value !== 'object') return value;
  const rank = (name: string) => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * seed) % 101, seed);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([name, inner]) => [name, shuffled(inner, seed)]),
  );
}

/** Every path at which a plain value holds something that holds nothing else. */
function paths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const inner = Array.isArray(value) ? [...value.entries()] : value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return inner.length === 0 ? [path] : inner.flatMap(([step, item]) => paths(item, [...path, step]));
}

describe('merge', () => {
  it('has the empty map as its identity on both sides', () => {
    fc.assert(
      fc.property(tree, (a) => {
        expect(mergePlain(a, {})).toEqual(plainValue(located(a)));
        expect(mergePlain({}, a)).toEqual(plainValue(located(a)));
      }),
    );
  });

  it('changes nothing when a layer is laid over itself', () => {
    fc.assert(fc.property(tree, (a) => expect(mergePlain(a, a)).toEqual(plainValue(located(a)))));
  });

  it('is associative among layers of one schema', () => {
    fc.assert(
      fc.property(tree, tree, tree, (a, b, c) => {
        const [x, y, z] = [located(a), located(b), located(c)];
        expect(plainValue(merge(merge(x, y), z))).toEqual(plainValue(merge(x, merge(y, z))));
      }),
    );
  });

  it('takes every scalar of the upper layer', () => {
    fc.assert(
      fc.property(tree, scalars, (a, b) => {
        expect(mergePlain(a, b)).toMatchObject(b);
      }),
    );
  });

  it('removes what null is laid over, and nothing else', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (a, pick) => {
        const keys = Object.keys(a);
        const gone = keys[pick % Math.max(1, keys.length)];
        if (gone === undefined) return;
        const rest = Object.fromEntries(Object.entries(a).filter(([name]) => name !== gone));
        expect(mergePlain(a, { [gone]: null })).toEqual(plainValue(located(rest)));
      }),
    );
  });

  it('gives the same bytes for every order of keys', () => {
    fc.assert(
      fc.property(tree, tree, fc.integer({ min: 1, max: 100 }), (a, b, seed) => {
        const other = mergePlain(shuffled(a, seed) as Plain, shuffled(b, seed) as Plain);
        expect(JSON.stringify(other)).toBe(JSON.stringify(mergePlain(a, b)));
      }),
    );
  });

  it('keeps named items in the order of first appearance', () => {
    fc.assert(
      fc.property(namedList, namedList, (a, b) => {
        const names = [...new Set([...a, ...b].map(({ name }) => name))];
        expect((mergePlain({ list: a }, { list: b }) as { list: { name: string }[] }).list.map(({ name }) => name)).toEqual(names);
      }),
    );
  });

  it('gives a named list overlaid by a map what the same items in a list would give', () => {
    fc.assert(
      fc.property(namedList, namedList, (a, b) => {
        const byName = Object.fromEntries(b.map(({ name, ...rest }) => [name, rest]));
        const sorted = [...b].sort((x, y) => (x.name < y.name ? -1 : 1));
        expect(mergePlain({ list: a }, { list: byName })).toEqual(mergePlain({ list: a }, { list: sorted }));
      }),
    );
  });
});

describe('provenance', () => {
  it('knows for every value of every merged environment the file and the line that hold it', () => {
    const topics = fc.dictionary(
      fc.constantFrom('jobs', 'events'),
      fc.record({ partitions: number, config: scalars }, { requiredKeys: [] }),
    );
    const body = fc.record({ defaults: scalars, topics, security: scalars }, { requiredKeys: ['topics'] });
    fc.assert(
      fc.property(body, body, (lower, upper) => {
        const files = { base: stringify(lower), e: stringify({ extends: 'base.yaml', ...upper }) };
        const { value, provenance } = loadFrom(files, 'e');
        expect(provenance?.leaves().map(({ path }) => path)).toEqual(paths(value));
        for (const leaf of provenance?.leaves() ?? []) {
          const { file, line, column } = leaf.source.position;
          const text = files[file === 'environments/e.yaml' ? 'e' : 'base'].split('\n')[line - 1]?.slice(column - 1);
          if (typeof leaf.value === 'number') expect(text?.startsWith(String(leaf.value))).toBe(true);
          expect(leaf.source).toEqual(provenance?.sourceOf(leaf.path));
        }
      }),
    );
  });
});

describe('aliases', () => {
  // Two spellings of one section are given twice as a whole, so only rules for what a section holds are drawn.
  const sections = ['client', 'client_settings', 'environment_overrides'];
  const spelled = fc.subarray(
    aliasRules.filter(({ at, from }) => (at === 'topics.*' || at === 'security') && !sections.includes(from[0] ?? '')),
    { maxLength: 12 },
  );

  it('applied once or twice give the same', () => {
    fc.assert(
      fc.property(spelled, (rules) => {
        const once = applyAliases(
          rules.map(({ at, from }) => located(example(at, from))).reduce((a, b) => merge(a, b) as LocatedMap, located({})),
          aliasRules,
        ).root;
        expect(applyAliases(once, aliasRules)).toEqual({ root: once, problems: [] });
      }),
    );
  });

  it('lose no value: what is not given twice is there', () => {
    fc.assert(
      fc.property(spelled, (rules) => {
        const root = rules.map(({ at, from }) => located(example(at, from))).reduce((a, b) => merge(a, b) as LocatedMap, located({}));
        const applied = applyAliases(root, aliasRules);
        const targets = new Set(rules.map(({ at, to }) => JSON.stringify([at, to])));
        expect(
          provenanceOf(applied.root)
            .leaves()
            .filter(({ value }) => value === 1),
        ).toHaveLength(targets.size);
        expect(applied.problems).toHaveLength(rules.length - targets.size);
      }),
    );
  });
});

function example(at: string, from: readonly string[]): Plain {
  return [...at.split('.').map((step) => (step === '*' ? 'jobs' : step)), ...from].reduceRight<unknown>(
    (value, step) => ({ [step]: value }),
    1,
  ) as Plain;
}
