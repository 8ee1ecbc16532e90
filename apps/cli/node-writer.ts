import { randomUUID } from 'node:crypto';
import { mkdirSync, promises, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Writer } from './context';

/** The real thing: paths are relative to `root`, or absolute. */
export function nodeWriter(root: string): Writer {
  return {
    async replaceDirectory(directory, files) {
      const target = resolve(root, directory);
      if (holdsExactly(target, files)) return;
      const staging = `${target}.${randomUUID()}.new`;
      const retired = `${target}.${randomUUID()}.old`;
      try {
        for (const folder of new Set([...files.keys()].map((path) => dirname(join(staging, path))))) mkdirSync(folder, { recursive: true });
        // Together: making hundreds of files is waiting for the disk, and nothing else.
        await Promise.all([...files].map(([path, text]) => promises.writeFile(join(staging, path), text)));
        moveIfThere(target, retired);
        renameSync(staging, target);
      } finally {
        rmSync(staging, { recursive: true, force: true });
        rmSync(retired, { recursive: true, force: true });
      }
    },
    updateDirectory(directory, files) {
      for (const [path, text] of files) {
        const target = resolve(root, directory, path);
        const staging = `${target}.${randomUUID()}.new`;
        mkdirSync(dirname(target), { recursive: true });
        try {
          writeFileSync(staging, text);
          renameSync(staging, target);
        } finally {
          rmSync(staging, { force: true });
        }
      }
    },
    createFile(path, text) {
      const target = resolve(root, path);
      mkdirSync(dirname(target), { recursive: true });
      try {
        writeFileSync(target, text, { flag: 'wx' });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
  };
}

/** Whether nothing would change: files that are not written keep their times, and most runs change few environments. */
function holdsExactly(directory: string, files: ReadonlyMap<string, string>): boolean {
  try {
    const there = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
    return there.length === files.size && [...files].every(([path, text]) => readFileSync(join(directory, path), 'utf8') === text);
  } catch {
    return false;
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
