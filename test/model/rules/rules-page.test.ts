import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../../../lib/model';
import { rulesPage } from '../../../lib/model/rules/rules-page';

describe('docs/rules.md', () => {
  it('is what the table of rules says today; "npm run docs:rules" writes it', () => {
    expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesPage());
  });

  it('names every rule once', () => {
    const rows = rulesPage()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const { code } of rules) expect(rows.filter((row) => row.startsWith(`| \`${code}\` `))).toHaveLength(1);
  });
});
