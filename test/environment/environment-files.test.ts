import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { environmentLoader, memoryFileSystem } from '../../lib/environment';
import { aliasRules, formatPath } from '../../lib/model';
import { anything } from './support';

const page = readFileSync(join(__dirname, '../../docs/environment-files.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n# ([^\n]+)\n([\s\S]*?)```/g)].map(([, title = '', text = '']) => ({
  title,
  text: `# ${title}\n${text}`,
}));
const files = Object.fromEntries(blocks.filter(({ title }) => title.endsWith('.yaml')).map(({ title, text }) => [title, text]));
const shown = blocks.find(({ title }) => title.endsWith('merged'))?.text ?? '';
const loaded = environmentLoader(memoryFileSystem(files), { parse: anything }).load('orders/production');

describe('the page on environment files', () => {
  it('has files without a problem', () => {
    expect(Object.keys(files)).toHaveLength(2);
    expect(loaded.problems).toEqual([]);
  });

  it('shows what comes of them', () => {
    expect(loaded.value).toEqual(parse(shown));
  });

  it('shows where each value comes from', () => {
    const sources = (loaded.provenance?.leaves() ?? []).map(({ value, source }) => {
      const layer = source.layer === 'file' ? '' : ` (${source.layer.replace('_', ' ')})`;
      return `${value} # ${source.position.file}:${source.position.line}${layer}`;
    });
    const lines = shown.split('\n').filter((line) => line.includes(' # '));
    expect(lines.map((line) => line.replace(/^.*?: /, ''))).toEqual(sources);
  });

  it('names no spelling that the table does not know', () => {
    const [, table = ''] = page.split('## Other spellings');
    const words = [...(table.split('## Problems')[0] ?? '').matchAll(/`((?:\w+\.)?[a-z]+_[a-z_]+)`/g)].map(([, word]) => word);
    const known = new Set(aliasRules.flatMap(({ from }) => [formatPath(from), from.at(-1) ?? '']));
    expect(words.filter((word) => !known.has(word ?? ''))).toEqual([]);
    expect(words.length).toBeGreaterThan(15);
  });
});
