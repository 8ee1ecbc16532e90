import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Call it in a suite: answers a maker of new empty folders, all of them removed when the suite is done. */
export function temporaryFolders(): (purpose: string) => string {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return (purpose) => {
    const folder = mkdtempSync(join(tmpdir(), `kafkon-${purpose}-`));
    folders.push(folder);
    return folder;
  };
}
