import { describe, expect, it } from '@jest/globals';
import { loadFrom } from './support';

describe('extends', () => {
  it('lays a file over the one it names, relative to itself', () => {
    const files = {
      'shared/base': 'a: 1\nb: 1\n',
      'tda/base': 'extends: ../shared/base.yaml\nb: 2\nc: 2\n',
      'tda/e': 'extends: base.yaml\nc: 3\n',
    };
    const loaded = loadFrom(files, 'tda/e');
    expect(loaded.value).toEqual({ a: 1, b: 2, c: 3 });
    expect(loaded.files).toEqual(['environments/shared/base.yaml', 'environments/tda/base.yaml', 'environments/tda/e.yaml']);
  });

  it('takes a list, of which the later wins', () => {
    expect(loadFrom({ x: 'a: 1\nb: 1\n', y: 'b: 2\n', e: 'extends: [x.yaml, y.yaml]\n' }, 'e').value).toEqual({ a: 1, b: 2 });
  });

  it('lays a file that two others extend only once, below both', () => {
    const files = { base: 'a: 0\n', x: 'extends: base.yaml\na: 1\n', y: 'extends: base.yaml\nb: 2\n', e: 'extends: [x.yaml, y.yaml]\n' };
    expect(loadFrom(files, 'e').value).toEqual({ a: 1, b: 2 });
  });

  it('reports what is wrong in a shared file once', () => {
    const files = { base: 'a: 1\na: 2\n', x: 'extends: base.yaml\n', y: 'extends: base.yaml\n', e: 'extends: [x.yaml, y.yaml]\n' };
    expect(loadFrom(files, 'e').problems).toHaveLength(1);
  });

  const rows: [what: string, files: Record<string, string>, place: string, message: string][] = [
    ['a file that is not there', { e: 'extends: base.yaml\n' }, 'e.yaml:1:10', 'cannot read environments/base.yaml: no such file'],
    [
      'a mistyped file',
      { base: 'a: 1\n', e: 'extends: bsae.yaml\n' },
      'e.yaml:1:10',
      'cannot read environments/bsae.yaml: no such file; did you mean "base.yaml"?',
    ],
    [
      'the file itself',
      { e: 'a: 1\nextends: e.yaml\n' },
      'e.yaml:2:10',
      'a file cannot extend itself: environments/e.yaml -> environments/e.yaml; take one out',
    ],
    [
      'a circle',
      { x: 'extends: y.yaml\n', y: 'extends: e.yaml\n', e: 'extends: [x.yaml]\n' },
      'y.yaml:1:10',
      'a file cannot extend itself: environments/e.yaml -> environments/x.yaml -> environments/y.yaml -> environments/e.yaml; take one out',
    ],
    ['an absolute path', { e: 'extends: /base.yaml\n' }, 'e.yaml:1:10', '"/base.yaml" is no relative path with / between its parts'],
    ['a number', { e: 'extends: 3\n' }, 'e.yaml:1:10', 'extends takes the path of a file, or a list of them, relative to this file'],
    [
      'a map in a list',
      { base: 'a: 1\n', e: 'extends:\n  - base.yaml\n  - {a: b}\n' },
      'e.yaml:3:5',
      'extends takes the path of a file, or a list of them, relative to this file',
    ],
  ];

  it.each(rows)('fails on %s', (_, files, place, message) => {
    const { problems } = loadFrom(files, 'e');
    expect(problems.map((problem) => problem.message)).toEqual([message]);
    expect(problems.map(({ position }) => `${position?.file}:${position?.line}:${position?.column}`)).toEqual([`environments/${place}`]);
  });

  it('fails once for each of several that are not there, and hides no other mistake', () => {
    const { problems } = loadFrom({ e: 'extends: [x.yaml, y.yaml]\nname: a\nname: b\n' }, 'e');
    expect(problems.map(({ code }) => code)).toEqual(['environment/missing-file', 'environment/missing-file', 'environment/duplicate-key']);
  });
});
