import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';
import { execute } from './consumer';

/** Every file below a folder, by its path in it. */
function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

describe("cdk8s' own command line", () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kafkon-cdk8s-'));
    // Too large to be developed with: it is installed for this test alone.
    execute(folder, 'npm', 'install', '--no-audit', '--no-fund', '--prefix', folder, 'cdk8s-cli@2');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('synthesizes the same files as kafkon synth', () => {
    const [theirs, ours] = [join(folder, 'theirs'), join(folder, 'ours')];
    execute(root, join(folder, 'node_modules', '.bin', 'cdk8s'), 'synth', '--output', theirs);
    execute(root, process.execPath, join('build', 'apps', 'cli', 'main.js'), 'synth', '--platform', 'kubernetes', '--outdir', ours);
    const files = tree(join(ours, 'kubernetes'));
    expect(Object.keys(files).length).toBeGreaterThan(100);
    expect(tree(theirs)).toEqual(files);
  });
});
