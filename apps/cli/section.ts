import type { Path } from '../../lib/model';

/** A plain map of keys to values. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined. */
export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, step) => (current as Record<string | number, unknown> | undefined)?.[step], value);
}

/** The path that `topics.user.attempts.config` means in `value`: keys may hold dots themselves, items of named lists go by their name. */
export function sectionPath(section: string | undefined, value: unknown): Path | undefined {
  if (section === undefined || section === '') return [];
  if (Array.isArray(value)) {
    const [head = '', ...rest] = section.split('.');
    const index = /^\d+$/.test(head) ? Number(head) : value.findIndex((item) => isMap(item) && item.name === head);
    const below = index >= 0 && index < value.length ? sectionPath(rest.join('.'), value[index]) : undefined;
    return below && [index, ...below];
  }
  if (!isMap(value)) return undefined;
  for (const key of Object.keys(value)) {
    if (section !== key && !section.startsWith(`${key}.`)) continue;
    const below = sectionPath(section.slice(key.length + 1), value[key]);
    if (below !== undefined) return [key, ...below];
  }
  return undefined;
}
