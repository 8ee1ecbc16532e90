import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSystem } from '../../lib/environment';

/** The files of the package that this program is part of, compiled or not. */
export function packageDirectory(): FileSystem {
  const { nodeFileSystem } = require('../../lib/environment') as typeof import('../../lib/environment');
  return nodeFileSystem(packageRoot());
}

/** The version of the package. */
export function version(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** Which build of the program this is, by all of its code; undefined where it is not packed. */
export function buildId(): string | undefined {
  try {
    return readFileSync(join(__dirname, '..', '..', 'program.id'), 'utf8');
  } catch {
    return undefined;
  }
}

function packageRoot(): string {
  let directory = __dirname;
  while (!existsSync(join(directory, 'package.json')) && directory !== dirname(directory)) directory = dirname(directory);
  return directory;
}
