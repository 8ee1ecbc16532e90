import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dayMs = 24 * 60 * 60 * 1000;

/** What a run leaves to the next, by names. It may be gone at any time, and that nothing can be kept is no failure. */
export interface KeptFiles {
  readonly read: (name: string) => Buffer | undefined;
  readonly write: (name: string, content: Buffer | string) => void;
}

/** Files of the user who runs the program, written by nobody else and readable by nobody else. */
export function keptFiles(directory: string): KeptFiles {
  return {
    read: (name) =>
      ifPossible(() => {
        const file = join(directory, name);
        return isOurs(file) ? readFileSync(file) : undefined;
      }),
    write: (name, content) => {
      ifPossible(() => replaceFile(directory, join(directory, name), content));
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

/** In a directory that others may write to, somebody could have put a file in our place. Windows has neither owners nor modes here. */
function isOurs(file: string): boolean {
  const { uid, mode } = statSync(file);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** All at once: whoever reads meanwhile gets the old or the new. */
function replaceFile(directory: string, target: string, content: Buffer | string): void {
  const staging = `${target}.${randomUUID()}.new`;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  removeOld(directory);
  try {
    writeFileSync(staging, content, { mode: 0o600 });
    renameSync(staging, target);
  } finally {
    rmSync(staging, { force: true });
  }
}

/** What nobody has written for a month, by whichever build, will not be asked for again, or can be made again. */
function removeOld(directory: string): void {
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    if (/\.(json|code|new)$/.test(name) && Date.now() - statSync(file).mtimeMs > 30 * dayMs) rmSync(file, { force: true });
  }
}
