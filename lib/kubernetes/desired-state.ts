import type { Environment } from '../model';

/** Where the convergence finds the desired state. */
export const desiredDirectory = '/etc/kafkon/desired';
const fileName = 'environment.json';

/** How much of it goes into one ConfigMap, in bytes; the API server takes 1 MiB an object. */
const partLimit = 900_000;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}

/**
 * The desired state as JSON: the resolved environment, which names logical secrets and holds none. Keys are sorted and each value
 * has a line of its own, so that two states can be compared by eye.
 */
export function desiredState(environment: Environment): string {
  return `${JSON.stringify(sorted(environment), null, 1)}\n`;
}

/** One file of the desired state, and the ConfigMap it is kept in. */
export interface DesiredPart {
  /** '' for the only part, else its number. */
  readonly suffix: string;
  readonly file: string;
  readonly content: string;
}

/** The desired state cut into files that fit into a ConfigMap each, between lines; joined in order they are the whole. */
export function desiredParts(state: string, limit: number = partLimit): readonly DesiredPart[] {
  const parts: string[] = [];
  let current: string[] = [];
  let size = 0;
  for (const line of state.split(/(?<=\n)/)) {
    const bytes = Buffer.byteLength(line);
    if (size + bytes > limit && current.length > 0) {
      parts.push(current.join(''));
      [current, size] = [[], 0];
    }
    current.push(line);
    size += bytes;
  }
  parts.push(current.join(''));
  if (parts.length === 1) return [{ suffix: '', file: fileName, content: state }];
  return parts.map((content, index) => {
    const suffix = String(index).padStart(3, '0');
    return { suffix, file: `${fileName}.${suffix}`, content };
  });
}
