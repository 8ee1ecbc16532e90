import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { BackupStore } from './backup-store';
import { OperateError } from './operate-error';

/** Pieces are gathered until there are so many characters, so that an item a line is not a write a line. */
const pieceLength = 256 * 1024;

/** The real thing: paths are relative to `root`, or absolute. */
export function nodeBackupStore(root: string): BackupStore {
  return {
    async write(path, produce) {
      const target = resolve(root, path);
      const staging = `${target}.${randomUUID()}.new`;
      try {
        await mkdir(dirname(target), { recursive: true });
        const file = await open(staging, 'wx', 0o600);
        let result: Awaited<ReturnType<typeof produce>>;
        try {
          let waiting = '';
          result = await produce({
            write: async (text) => {
              waiting += text;
              if (waiting.length < pieceLength) return;
              const piece = waiting;
              waiting = '';
              await file.write(piece);
            },
          });
          await file.write(waiting);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(staging, target);
        return result;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== undefined && (error as NodeJS.ErrnoException).syscall !== undefined && !('reason' in (error as object)))
          throw new OperateError('not-written', `${path}: ${message}`);
        throw error;
      } finally {
        await rm(staging, { force: true });
      }
    },
    async read(path) {
      try {
        return await readFile(resolve(root, path), 'utf8');
      } catch (error) {
        if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
        throw error;
      }
    },
    async list(directory) {
      try {
        const entries = await readdir(resolve(root, directory), { withFileTypes: true });
        return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
        throw error;
      }
    },
    remove: (path) => rm(resolve(root, path), { force: true }),
  };
}
