import { createHash } from 'node:crypto';
import { imageReference } from '../model';
import type { Process } from '../runtime';

/** The label of a container that tells whether a running one is behind. */
export const contentHashLabel = 'kafkon.dev/content-hash';

/** A short, stable digest of what a process starts from: image, command, variables, files. */
export function contentHash({ image, command, env, files }: Pick<Process, 'image' | 'command' | 'env' | 'files'>): string {
  const variables = Object.entries(env).sort(([a], [b]) => compare(a, b));
  const contents = files.map(({ path, content }) => [path, content] as const).sort(([a], [b]) => compare(a, b));
  return createHash('sha256')
    .update(JSON.stringify([imageReference(image), command, variables, contents]))
    .digest('hex')
    .slice(0, 16);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
