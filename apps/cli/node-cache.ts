import { createHash } from 'node:crypto';
import type { Cache } from './context';
import { keptFiles } from './kept-files';

/** Texts that are kept in files of the user. What `build` kept, no other build reads. */
export function nodeCache(directory: string, build: string): Cache {
  const files = keptFiles(directory);
  const nameOf = (key: string) =>
    `${createHash('sha256')
      .update(JSON.stringify([build, key]))
      .digest('hex')}.json`;
  return {
    read: (key) => files.read(nameOf(key))?.toString('utf8'),
    write: (key, text) => files.write(nameOf(key), text),
  };
}
