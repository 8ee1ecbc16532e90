import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { keptFiles } from '../../../apps/cli/kept-files';
import { temporaryFolders } from '../../support/temporary-folder';

const newFolder = temporaryFolders();
let folder: string;

beforeEach(() => {
  folder = newFolder('kept');
});

describe('kept files', () => {
  it('are read as they were written, to the byte', () => {
    const files = keptFiles(join(folder, 'kafkon'));
    const content = Buffer.from([0, 255, 10, 128]);
    files.write('a.code', content);
    expect(files.read('a.code')).toEqual(content);
    expect(readdirSync(join(folder, 'kafkon'))).toEqual(['a.code']);
  });

  it('are not read where others could have written them', () => {
    const files = keptFiles(folder);
    files.write('a.code', 'text');
    for (const mode of [0o620, 0o602]) {
      chmodSync(join(folder, 'a.code'), mode);
      expect(files.read('a.code')).toBe(undefined);
    }
    chmodSync(join(folder, 'a.code'), 0o644);
    expect(files.read('a.code')?.toString()).toBe('text');
  });
});
