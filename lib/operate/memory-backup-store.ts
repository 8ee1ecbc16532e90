import { posix } from 'node:path';
import type { BackupStore } from './backup-store';

/** Keeps files in a map, by path: for tests, and for trying things. */
export function memoryBackupStore(files: Map<string, string> = new Map()): BackupStore {
  const at = (path: string) => posix.normalize(path);
  return {
    async write(path, produce) {
      let all = '';
      const result = await produce({
        write: async (text) => {
          all += text;
        },
      });
      files.set(at(path), all);
      return result;
    },
    read: async (path) => files.get(at(path)),
    list: async (directory) => {
      const prefix = `${at(directory)}/`;
      const names = [...files.keys()].flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
      return names.length === 0 ? undefined : names.filter((name) => !name.includes('/')).sort();
    },
    remove: async (path) => {
      files.delete(at(path));
    },
  };
}
