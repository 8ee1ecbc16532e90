import { describe, expect, it } from '@jest/globals';
import { environmentLoader, memoryFileSystem, type Parse } from '../../lib/environment';
import type { Problem } from '../../lib/model';
import { anything, faults, loadFrom } from './support';

/** A parse with one finding for each path. */
const finding =
  (...paths: (string | number)[][]): Parse<unknown> =>
  () => ({ problems: paths.map((path): Problem => ({ code: 'test/wrong', severity: 'error', path, message: 'is wrong' })) });

const placesOf = (files: Record<string, string>, parse: Parse<unknown>) =>
  loadFrom(files, 'e', parse).problems.map(
    ({ position }) => `${position?.file.replace('environments/', '')}:${position?.line}:${position?.column}`,
  );

describe('what the reader keeps to itself', () => {
  it('is not in the value', () => {
    const files = {
      base: 'abstract: true\na: 1\n',
      e: 'extends: base.yaml\ndefaults: {x: 1}\nenvironment_overrides: {production: {a: 2}}\n',
    };
    expect(loadFrom(files, 'e').value).toEqual({ a: 1 });
  });

  it('is checked', () => {
    expect(faults('abstract: maybe\n')).toEqual(['1:11 abstract']);
    expect(faults('defaults: 3\n')).toEqual(['1:11 defaults']);
    expect(faults('environment_overrides: [a]\n')).toEqual(['1:24 overrides']);
    expect(faults('environment_overrides: {staging: 3}\n')).toEqual(['1:34 overrides']);
    expect(faults('environment_overrides: {staging: {kind: production, extends: x.yaml}}\n')).toEqual(['1:35 misplaced', '1:53 misplaced']);
    expect(faults('environment_overrides:\n  staging:\n    environment_overrides: {testing: {a: 1}}\n')).toEqual(['3:5 misplaced']);
  });

  it('names the nearest kind for one that does not exist', () => {
    const messages = loadFrom(
      { e: 'environment_overrides: {prodution: {}}\ntopics: {jobs: {environment_overrides: {qa: {}}}}\n' },
      'e',
    ).problems.map(({ message }) => message);
    expect(messages).toEqual([
      '"prodution" is no kind of environment; did you mean "production"?',
      '"qa" is no kind of environment; use one of development, testing, staging, production',
    ]);
  });

  it('does not inherit abstract', () => {
    const files = { base: 'abstract: true\n', e: 'extends: base.yaml\n' };
    expect(loadFrom(files, 'base').abstract).toBe(true);
    expect(loadFrom(files, 'e').abstract).toBe(false);
  });

  it('does not give an abstract file to the model, but checks how it is written', () => {
    expect(faults('abstract: true\na: .nan\n', finding(['a']))).toEqual(['2:4 number']);
  });
});

describe('the place of a problem that has only a path', () => {
  const files = {
    base: 'nodes:\n  - name: a\n    port: 1\n  - name: b\n    port: 2\n',
    e: 'extends: base.yaml\nnodes:\n  - name: b\n    port: 3\ntags:\n  team: x\n',
  };

  it.each([
    ['the value', ['tags', 'team'], 'e.yaml:6:9'],
    ['the key of a map', ['tags'], 'e.yaml:5:1'],
    ['an item that the base alone has', ['nodes', 0, 'port'], 'base.yaml:3:11'],
    ['what an overlay changed in an item', ['nodes', 1, 'port'], 'e.yaml:4:11'],
    ['the nearest ancestor of what is absent', ['tags', 'owner', 'mail'], 'e.yaml:5:1'],
    ['the file, when nothing of the path is there', ['kafka', 'version'], 'e.yaml:1:1'],
  ])('is %s', (_, path, place) => {
    expect(placesOf(files, finding(path))).toEqual([place]);
  });

  it('is the null that removed the value', () => {
    expect(
      placesOf({ base: 'kafka: {version: 3}\n', e: 'extends: base.yaml\nkafka: {version: null}\n' }, finding(['kafka', 'version'])),
    ).toEqual(['e.yaml:2:18']);
  });

  it('is the key, when the key is what is wrong', () => {
    const parse: Parse<unknown> = () => ({
      problems: [{ code: 'schema/unknown-key', severity: 'error', path: ['tags', 'team'], message: 'x' }],
    });
    expect(placesOf(files, parse)).toEqual(['e.yaml:6:3']);
  });
});

describe('one mistake', () => {
  it('in defaults is one problem, however many topics have it', () => {
    const text = 'defaults: {partitions: 0}\ntopics: {a: {}, b: {}, c: {partitions: 1}}\n';
    const { problems } = loadFrom(
      { e: text },
      'e',
      finding(['topics', 'a', 'partitions'], ['topics', 'b', 'partitions'], ['topics', 'c', 'partitions']),
    );
    expect(problems.map(({ path, message, position }) => [path[1], message, position?.line])).toEqual([
      ['a', 'is wrong; the same for 1 other topic', 1],
      ['c', 'is wrong', 2],
    ]);
  });

  it('that made a value unreadable is not told again by the model', () => {
    expect(faults('a: 9007199254740993\nb: 1\n', finding(['a'], ['b']))).toEqual(['1:4 number', '2:4 test/wrong']);
  });

  it('that makes a whole file unreadable leaves the model out', () => {
    expect(faults('a: "x\n', finding(['a']))).toEqual(['2:1 syntax']);
    expect(faults('extends: x.yaml\n', finding(['a']))).toEqual(['1:10 missing-file']);
  });

  it('beside others hides none of them', () => {
    expect(faults('a: 1\na: 2\nb: .nan\nabstract: 3\nc: 3\n', finding(['c']))).toEqual([
      '2:1 duplicate-key',
      '3:4 number',
      '4:11 abstract',
      '5:4 test/wrong',
    ]);
  });
});

describe('a null that removes nothing', () => {
  it('is a warning that names the nearest name', () => {
    const files = {
      base: 'topics: {tda_jobs: {}}\nlist: [{name: edge}]\n',
      e: 'extends: base.yaml\ntopics: {tda_job: null}\nlist: {egde: null}\n',
    };
    const loaded = loadFrom(files, 'e');
    expect(loaded.problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: null removes nothing: no layer below sets topics.tda_job; did you mean "tda_jobs"?',
      'warning: null removes nothing: no layer below sets list.egde; did you mean "edge"?',
    ]);
    expect(loaded.environment).toBeDefined();
  });

  it('is fine inside a topic, where it may be meant for defaults', () => {
    expect(faults('topics: {jobs: {config: {retention.ms: null}}}\n')).toEqual([]);
  });
});

describe('an environment', () => {
  const loader = environmentLoader(memoryFileSystem({ 'environments/tda/production.yaml': 'a: 1\n' }), { parse: anything });

  it('is named by its id or its file', () => {
    const [byId, byFile] = [loader.load('tda/production'), loader.load('environments/tda/production.yaml')];
    expect([byId.id, byId.file, byId.value]).toEqual([byFile.id, byFile.file, byFile.value]);
    expect(loader.load('./environments/tda/production.yaml').id).toBe('tda/production');
  });

  it('fails with the nearest id when it is not there', () => {
    expect(loader.load('tda/prodution').problems.map(({ message }) => message)).toEqual([
      'there is no environment "tda/prodution": cannot read environments/tda/prodution.yaml: no such file; did you mean "tda/production"?',
    ]);
  });

  it('is absent when a problem is an error, and present with warnings', () => {
    expect(loadFrom({ e: 'a: 1\na: 2\n' }, 'e').environment).toBeUndefined();
    expect(
      loadFrom({ e: 'a: 1\n' }, 'e', () => ({ environment: 1, problems: [{ code: 'x/y', severity: 'warning', path: [], message: 'm' }] }))
        .environment,
    ).toBe(1);
  });

  it('is whole when its own file says so, and no other is read to know it', () => {
    const files = memoryFileSystem({
      'environments/a.yaml': 'extends: base.yaml\n',
      'environments/base.yaml': 'abstract: true\n',
      'environments/b.yaml': '',
    });
    const read: string[] = [];
    const seeing = {
      ...files,
      readFile: (file: string) => {
        read.push(file);
        return files.readFile(file);
      },
    };
    const whole = (id: string) => environmentLoader(seeing, { parse: anything }).isWhole(id);
    expect([whole('a'), whole('base'), whole('none'), whole('a.yaml')]).toEqual([true, false, false, false]);
    expect(new Set(read)).toEqual(new Set(['environments/a.yaml', 'environments/base.yaml', 'environments/none.yaml']));
  });
});
