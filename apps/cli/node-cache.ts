import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cache } from './context';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Files of the user who runs the program, readable by nobody else. What `build` kept, no other build reads. That nothing can be kept,
 * on a disk that is full or read-only, is no failure.
 */
export function nodeCache(directory: string, build: string): Cache {
  const fileOf = (key: string) =>
    join(
      directory,
      `${createHash('sha256')
        .update(JSON.stringify([build, key]))
        .digest('hex')}.json`,
    );
  return {
    read: (key) => ifPossible(() => readFileSync(fileOf(key), 'utf8')),
    write: (key, text) => {
      ifPossible(() => replaceFile(directory, fileOf(key), text));
    },
  };
}

function ifPossible<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** All at once: whoever reads meanwhile gets the old or the new. */
function replaceFile(directory: string, target: string, text: string): void {
  const staging = `${target}.${randomUUID()}.new`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  removeOld(directory);
  try {
    writeFileSync(staging, text, { mode: 0o600 });
    renameSync(staging, target);
  } finally {
    rmSync(staging, { force: true });
  }
}

/** What nobody has written for a month, by whichever build, will not be asked for again. */
function removeOld(directory: string): void {
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    if (/\.(json|new)$/.test(name) && Date.now() - statSync(file).mtimeMs > 30 * dayMs) rmSync(file, { force: true });
  }
}
