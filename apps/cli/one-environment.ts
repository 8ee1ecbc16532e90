import { renderProblems } from '../../lib/environment';
import type { Environment, Platform } from '../../lib/model';
import { type Context, UsageError } from './context';
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
  const judged = judge(select(context, [name], { directory, expired: 'warn', ...(platforms === undefined ? {} : { platforms }) }));
  const [loaded, second] = judged.loaded;
  if (loaded === undefined || second !== undefined) throw new UsageError(`${name} names ${judged.loaded.length} environments; name one`);
  context.terminal.err(renderProblems(judged.problems.filter(({ severity }) => severity === 'error')));
  return judged.failed || loaded.environment === undefined ? undefined : { id: loaded.id, environment: loaded.environment };
}
