import type { Process } from '../runtime';
import { literal } from './literal';

/** The files of a process as the provider uploads them, by path. A changed file replaces the container. */
export function uploadsOf({ files }: Pick<Process, 'files'>): { file: string; content: string }[] {
  return (
    [...files]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      // The provider takes an empty file for a mistake.
      .map(({ path, content }) => ({ file: path, content: content === '' ? '\n' : literal(content) }))
  );
}
