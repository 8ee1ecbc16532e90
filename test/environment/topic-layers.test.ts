import { describe, expect, it } from '@jest/globals';
import { loadFrom } from './support';

const topicsOf = (files: Record<string, string>, id = 'e') => (loadFrom(files, id).value as { topics?: unknown }).topics;

describe('the order of values for a topic', () => {
  it.each([
    ["the file's defaults", 'defaults: {a: 1}\ntopics: {jobs: {}}\n', 1],
    ['the topic over defaults', 'defaults: {a: 1}\ntopics: {jobs: {a: 2}}\n', 2],
    ['its override over the topic', 'kind: staging\ntopics: {jobs: {a: 2, environment_overrides: {staging: {a: 3}}}}\n', 3],
    [
      'its override over defaults, where the topic says nothing',
      'kind: staging\ndefaults: {a: 1}\ntopics: {jobs: {environment_overrides: {staging: {a: 3}}}}\n',
      3,
    ],
    [
      "the file's override's defaults over that",
      'kind: staging\ntopics: {jobs: {a: 2, environment_overrides: {staging: {a: 3}}}}\nenvironment_overrides: {staging: {defaults: {a: 4}}}\n',
      4,
    ],
    [
      "the file's override's topic over all",
      'kind: staging\ntopics: {jobs: {a: 2}}\nenvironment_overrides: {staging: {defaults: {a: 4}, topics: {jobs: {a: 5}}}}\n',
      5,
    ],
  ])('%s', (_, text, a) => {
    expect(topicsOf({ e: text })).toEqual({ jobs: { a } });
  });

  it("takes an overlay's defaults over a base's topic", () => {
    expect(topicsOf({ base: 'topics: {jobs: {a: 2}}\n', e: 'extends: base.yaml\ndefaults: {a: 1}\n' })).toEqual({ jobs: { a: 1 } });
  });

  it("gives a base's defaults to a topic that only the overlay has", () => {
    expect(topicsOf({ base: 'defaults: {a: 1, b: 1}\n', e: 'extends: base.yaml\ntopics: {jobs: {b: 2}}\n' })).toEqual({
      jobs: { a: 1, b: 2 },
    });
  });

  it('takes the kind as it is once merged', () => {
    const base = 'kind: development\ntopics: {jobs: {a: 1, environment_overrides: {development: {a: 2}, production: {a: 3}}}}\n';
    expect(topicsOf({ base }, 'base')).toEqual({ jobs: { a: 2 } });
    expect(topicsOf({ base, e: 'extends: base.yaml\nkind: production\n' })).toEqual({ jobs: { a: 3 } });
  });

  it('merges settings key by key through all layers', () => {
    const text =
      'kind: testing\ndefaults: {config: {x: 1, y: 1, z: 1}}\ntopics: {jobs: {config: {y: 2, z: 2}, environment_overrides: {testing: {config: {z: 3}}}}}\n';
    expect(topicsOf({ e: text })).toEqual({ jobs: { config: { x: 1, y: 2, z: 3 } } });
  });
});

describe('removal', () => {
  const base = 'defaults: {a: 1, config: {x: 1}}\ntopics: {jobs: {b: 2, config: {y: 2}}, events: {}}\n';

  it('takes a topic out', () => {
    expect(topicsOf({ base, e: 'extends: base.yaml\ntopics: {jobs: null}\n' })).toEqual({ events: { a: 1, config: { x: 1 } } });
  });

  it('is not undone by defaults that come later', () => {
    const files = { base, middle: 'extends: base.yaml\ntopics: {jobs: ~}\n', e: 'extends: middle.yaml\ndefaults: {a: 9}\n' };
    expect(topicsOf(files)).toEqual({ events: { a: 9, config: { x: 1 } } });
  });

  it('leaves the defaults to a topic of the same name that comes later', () => {
    const files = { base, middle: 'extends: base.yaml\ntopics: {jobs: null}\n', e: 'extends: middle.yaml\ntopics: {jobs: {c: 3}}\n' };
    expect(topicsOf(files)).toMatchObject({ jobs: { a: 1, c: 3, config: { x: 1 } } });
    expect(topicsOf(files)).not.toHaveProperty('jobs.b');
  });

  it('takes out a default for one topic', () => {
    expect(topicsOf({ base, e: 'extends: base.yaml\ntopics: {jobs: {config: {x: null}}}\n' })).toMatchObject({
      jobs: { config: { y: 2 } },
    });
  });

  it('takes out all defaults, or all topics', () => {
    expect(topicsOf({ base, e: 'extends: base.yaml\ndefaults: null\n' })).toEqual({ jobs: { b: 2, config: { y: 2 } }, events: {} });
    expect(topicsOf({ base, e: 'extends: base.yaml\ntopics: null\n' })).toBeUndefined();
  });

  it('of a topic in one kind of environment is an override', () => {
    const text = `${base}kind: testing\nenvironment_overrides: {testing: {topics: {jobs: null}}}\n`;
    expect(topicsOf({ e: text })).toEqual({ events: { a: 1, config: { x: 1 } } });
  });
});

it('shows a topic that is no map as it was written, for the model to refuse', () => {
  expect(topicsOf({ base: 'topics: {jobs: 5}\n', e: 'extends: base.yaml\ndefaults: {a: 1}\n' })).toEqual({ jobs: 5 });
});
