import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { BackupStore } from './backup-store';
import type { TextSink } from './backup-writer';
import { OperateError } from './operate-error';

/** Pieces are gathered until there are so many characters, so that an item a line is not a write a line. */
const pieceLength = 256 * 1024;

/** The real thing: paths are relative to `root`, or absolute. */
export function nodeBackupStore(root: string): BackupStore {
  return {
    async write(path, produce) {
      const target = resolve(root, path);
      const staging = `${target}.${randomUUID()}.new`;
      const file = await onDisk(path, async () => {
        await mkdir(dirname(target), { recursive: true });
        return open(staging, 'wx', 0o600);
      });
      try {
        const result = await produced(path, file, produce);
        await onDisk(path, () => rename(staging, target));
        return result;
      } finally {
        await rm(staging, { force: true });
      }
    },
    async read(path) {
      try {
        return await readFile(resolve(root, path), 'utf8');
      } catch (error) {
        return unlessAbsent(path, error, 'EISDIR');
      }
    },
    async list(directory) {
      try {
        const entries = await readdir(resolve(root, directory), { withFileTypes: true });
        return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort();
      } catch (error) {
        return unlessAbsent(directory, error);
      }
    },
    remove: (path) => onDisk(path, () => rm(resolve(root, path), { force: true })),
  };
}

/** Gathers pieces, writes them, and has all of it on the disk when it returns. */
async function produced<Result>(path: string, file: FileHandle, produce: (sink: TextSink) => Promise<Result>): Promise<Result> {
  let waiting = '';
  const flush = async () => {
    const piece = waiting;
    waiting = '';
    await onDisk(path, () => file.writeFile(piece));
  };
  try {
    const result = await produce({
      write: async (text) => {
        waiting += text;
        if (waiting.length >= pieceLength) await flush();
      },
    });
    await flush();
    await onDisk(path, () => file.sync());
    return result;
  } finally {
    await file.close();
  }
}

/** Undefined for what is not there. @throws OperateError for what is and can't be read */
function unlessAbsent(path: string, error: unknown, ...more: readonly string[]): undefined {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (['ENOENT', 'ENOTDIR', ...more].includes(code)) return undefined;
  throw new OperateError('not-read', `${path}: ${message}`);
}

/** What the disk refuses is no mistake of the program. */
async function onDisk<Result>(path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw new OperateError('not-written', `${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
