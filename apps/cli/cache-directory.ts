import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what a run leaves to the next is kept; undefined where nothing shall be: `KAFKON_CACHE_DIR` is there and empty. */
export function cacheDirectory(variables: Readonly<Record<string, string | undefined>>): string | undefined {
  const { KAFKON_CACHE_DIR: own, XDG_CACHE_HOME: caches } = variables;
  if (own !== undefined) return own === '' ? undefined : own;
  return join(caches ? caches : join(homedir(), '.cache'), 'kafkon');
}
