import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Writer } from './context';

/** The real thing: paths are relative to `root`, or absolute. */
export function nodeWriter(root: string): Writer {
  return {
    replaceDirectory(directory, files) {
      const target = resolve(root, directory);
      const staging = `${target}.${randomUUID()}.new`;
      const retired = `${target}.${randomUUID()}.old`;
      mkdirSync(staging, { recursive: true });
      try {
        for (const [path, text] of files) {
          mkdirSync(dirname(join(staging, path)), { recursive: true });
          writeFileSync(join(staging, path), text);
        }
        moveIfThere(target, retired);
        renameSync(staging, target);
      } finally {
        rmSync(staging, { recursive: true, force: true });
        rmSync(retired, { recursive: true, force: true });
      }
    },
    updateDirectory(directory, files) {
      for (const [path, text] of files) {
        const target = join(root, directory, path);
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

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
