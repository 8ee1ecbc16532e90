import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';

/** The size of the part of the heap where objects are made, after files are read and much has lived on. */
function sizeWith(files: Readonly<Record<string, number>>): number {
  const built = (name: string) => JSON.stringify(join(root, 'build/apps/cli', name));
  const program = `
    require(${built('short-life.js')}).expectShortLife();
    const lengths = ${JSON.stringify(files)};
    const files = require(${built('roomy-files.js')}).roomyFiles({ list: () => [], readFile: (path) => ({ text: 'x'.repeat(lengths[path]) }) });
    const read = Object.keys(lengths).map((path) => files.readFile(path).text.length);
    const living = [];
    for (let count = 0; count < 500; count++) living.push(new Array(8_000));
    const { space_size } = require('node:v8').getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    console.log(JSON.stringify({ size: space_size, read, living: living.length }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { size, read } = JSON.parse(stdout) as { readonly size: number; readonly read: readonly number[] };
  expect(read).toEqual(Object.values(files));
  return size;
}

describe('files', () => {
  it('make room for what is read of a long one, and no more than four times as much as there is without', () => {
    const [long, short] = [
      sizeWith({ 'long.yaml': 200_000, 'longer.yaml': 300_000 }),
      sizeWith({ 'short.yaml': 50_000, 'b.yaml': 60_000 }),
    ];
    expect(long).toBeGreaterThan(short);
    expect(long).toBeLessThanOrEqual(4 * short);
  });
});
