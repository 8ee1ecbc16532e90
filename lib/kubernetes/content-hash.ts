import { createHash } from 'node:crypto';
import { imageReference } from '../model';
import type { Process } from '../runtime';

/** The annotation of a pod template that tells whether a running pod is behind. */
export const contentHashAnnotation = 'kafkon.dev/content-hash';

/** A short, stable digest of any plain value. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/**
 * What the nodes of a pool start from: image, command, variables, files. The node with the lowest id stands for all, because the
 * nodes of a pool differ in nothing but what follows from the id: so a broker added to a pool restarts no other one.
 */
export function contentHash(processes: readonly Process[]): string {
  const [first] = [...processes].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  if (first === undefined) return digest(null);
  const files = first.files.map((file) => [file.path, file.content] as const);
  return digest([imageReference(first.image), first.command, sorted(first.env), files.sort(([a], [b]) => compare(a, b))]);
}

function sorted(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).sort(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
