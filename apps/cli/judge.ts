import type { LoadedEnvironment } from '../../lib/environment';
import type { Problem } from '../../lib/model';
import type { Selection } from './select';

/** What is to be said of the environments selected. */
export interface Judgement {
  readonly ids: readonly string[];
  readonly loaded: readonly LoadedEnvironment[];
  readonly problems: readonly Problem[];
  readonly failed: boolean;
}

/** Gathers the problems of each environment and of all of them together. */
export function judge({ loaded, problems }: Selection, _now: Date, _waivers: 'enforce' | 'warn'): Judgement {
  const all = [...problems, ...loaded.flatMap((environment) => environment.problems)];
  return { ids: loaded.map(({ id }) => id), loaded, problems: all, failed: all.some(({ severity }) => severity === 'error') };
}
