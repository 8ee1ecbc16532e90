import { renderProblems, withReads } from '../../lib/environment';
import type { Environment, Platform } from '../../lib/model';
import { type Context, UsageError } from './context';
import { cachedEnvironment, cacheEnvironment } from './environment-cache';
import { judge } from './judge';
import { select } from './select';

/** Which environment is meant, and what it must be fit for. */
export interface OneOptions {
  /** Where the environment files are. */
  readonly environments: string;
  /** @default the platforms it says anything about */
  readonly platforms?: readonly Platform[];
}

/** A whole environment, or undefined after saying what is wrong with it. What is up already is not refused for an expired waiver. */
export function oneEnvironment(
  context: Context,
  name: string,
  { environments: directory, platforms }: OneOptions,
): { readonly id: string; readonly environment: Environment } | undefined {
  const key = [directory, name, platforms ?? 'those it names'];
  const known = cachedEnvironment(context, key);
  if (known !== undefined) return known;
  const { fs: files, reads } = withReads(context.files);
  const options = { directory, expired: 'warn', ...(platforms === undefined ? {} : { platforms }) } as const;
  const judged = judge(select({ ...context, files }, [name], options));
  const [loaded, second] = judged.loaded;
  if (loaded === undefined || second !== undefined) throw new UsageError(`${name} names ${judged.loaded.length} environments; name one`);
  context.terminal.err(renderProblems(judged.problems.filter(({ severity }) => severity === 'error')));
  const { id, environment } = loaded;
  if (judged.failed || environment === undefined) return undefined;
  // A secret that was written down, and waived, is in one file too many as it is.
  const hasLiteral = judged.problems.some(({ code }) => code.startsWith('secret/'));
  if (!hasLiteral) cacheEnvironment(context, key, { id, environment, reads: reads() });
  return { id, environment };
}
