import { type FileReads, stillHold } from '../../lib/environment';
import type { Environment } from '../../lib/model';
import type { Context } from './context';

/** An environment that was read before and found right, and what was read for it. */
interface CachedEnvironment {
  readonly id: string;
  readonly environment: Environment;
  readonly reads: FileReads;
}

/**
 * Gives an environment without reading it anew, where no file that had a say has changed. `key` is all else that had one.
 */
export function cachedEnvironment(
  { cache, files, currentDirectory }: Context,
  key: readonly unknown[],
): Pick<CachedEnvironment, 'id' | 'environment'> | undefined {
  const text = cache?.read(JSON.stringify([currentDirectory, ...key]));
  const known = text === undefined ? undefined : parsed(text);
  return known !== undefined && stillHold(known.reads, files) ? { id: known.id, environment: known.environment } : undefined;
}

/** Keeps an environment that was found right. */
export function cacheEnvironment({ cache, currentDirectory }: Context, key: readonly unknown[], found: CachedEnvironment): void {
  cache?.write(JSON.stringify([currentDirectory, ...key]), JSON.stringify(found));
}

/** Of a damaged file there is nothing to say: what it stood for is read anew. */
function parsed(text: string): CachedEnvironment | undefined {
  try {
    return JSON.parse(text) as CachedEnvironment;
  } catch {
    return undefined;
  }
}
