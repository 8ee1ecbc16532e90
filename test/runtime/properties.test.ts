import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseProperties, renderProperties } from '../../lib/runtime';

const text = fc.string({ unit: 'binary' });

describe('a Java properties file', () => {
  it('gives back whatever was written into it', () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), (settings) => {
        expect({ ...parseProperties(renderProperties(settings)) }).toEqual({ ...settings });
      }),
    );
  });

  it('is plain ASCII and sorted, whatever the order of the settings', () => {
    fc.assert(
      fc.property(fc.dictionary(text, text), (settings) => {
        const rendered = renderProperties(settings);
        expect(rendered).toMatch(/^[\n -~]*$/);
        expect(renderProperties(Object.fromEntries(Object.entries(settings).reverse()))).toBe(rendered);
      }),
    );
  });

  it('escapes what Java would read as syntax', () => {
    expect(renderProperties({ 'a b=c': ' #x\\y', ü: 'z\n' })).toBe('a\\ b\\=c=\\ #x\\\\y\n\\u00fc=z\\n\n');
  });

  it('is read as Java reads it: comments, separators, joined lines', () => {
    const file = '# no\n! no\n  a = 1\nb:2\nc 3\nd=one \\\n   two\n\nempty\na=4\n';
    expect(parseProperties(file)).toEqual({ a: '4', b: '2', c: '3', d: 'one two', empty: '' });
  });
});
