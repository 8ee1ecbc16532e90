import { describe, expect, it } from '@jest/globals';
import { loadFrom } from './support';

const over = (base: string, overlay: string) => loadFrom({ base, e: `extends: base.yaml\n${overlay}` }, 'e').value;

describe('a named list', () => {
  const base = 'nodes: [{name: a, port: 1}, {name: b, port: 2}]\n';

  it('merges with a named list, item by item', () => {
    expect(over(base, 'nodes: [{name: c}, {name: a, heap: 3}]\n')).toEqual({
      nodes: [{ name: 'a', port: 1, heap: 3 }, { name: 'b', port: 2 }, { name: 'c' }],
    });
  });

  it('is changed, shortened and extended by a map that is keyed by name', () => {
    expect(over(base, 'nodes: {b: null, d: {port: 4}, c: {}, a: {port: 9}}\n')).toEqual({
      nodes: [{ name: 'a', port: 9 }, { name: 'c' }, { name: 'd', port: 4 }],
    });
  });

  it('is emptied by an empty list and replaced by a list without names', () => {
    expect(over(base, 'nodes: []\n')).toEqual({ nodes: [] });
    expect(over(base, 'nodes: [1]\n')).toEqual({ nodes: [1] });
  });

  it('begins empty where the list below is empty', () => {
    expect(over('nodes: []\n', 'nodes: {a: {port: 1}}\n')).toEqual({ nodes: [{ name: 'a', port: 1 }] });
  });

  it('loses a field of one item', () => {
    expect(over(base, 'nodes: {a: {port: null}}\n')).toEqual({ nodes: [{ name: 'a' }, { name: 'b', port: 2 }] });
  });
});

describe('everything else', () => {
  it('replaces a list of plain values', () => {
    expect(over('a: [1, 2]\n', 'a: [3]\n')).toEqual({ a: [3] });
  });

  it('replaces a value of another shape', () => {
    expect(over('a: {x: 1}\nb: 1\nc: [1]\n', 'a: 1\nb: {x: 1}\nc: text\n')).toEqual({ a: 1, b: { x: 1 }, c: 'text' });
  });

  it('removes with null, so that the layer above begins anew', () => {
    const files = { base: 'a: {x: 1, y: 1}\n', middle: 'extends: base.yaml\na: null\n', e: 'extends: middle.yaml\na: {y: 2}\n' };
    expect(loadFrom(files, 'middle').value).toEqual({});
    expect(loadFrom(files, 'e').value).toEqual({ a: { y: 2 } });
  });
});
