import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SecretStore } from './secret-store';

const modes = { owner: 0o600, containers: 0o644 } as const;

/** A directory of this machine; made when something is written. */
export function nodeSecretStore(directory: string): SecretStore {
  const prepared = (path: string) => {
    const target = join(directory, path);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // It may have been there before, open to all.
    chmodSync(directory, 0o700);
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    return target;
  };
  return {
    read(path) {
      try {
        return readFileSync(join(directory, path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    create(path, content, reader) {
      const target = prepared(path);
      try {
        writeFileSync(target, content, { flag: 'wx', mode: modes[reader] });
        // Whatever the process is told to leave out.
        chmodSync(target, modes[reader]);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
    replace(path, content, reader) {
      const target = prepared(path);
      writeFileSync(`${target}.new`, content, { mode: modes[reader] });
      chmodSync(`${target}.new`, modes[reader]);
      renameSync(`${target}.new`, target);
    },
  };
}
