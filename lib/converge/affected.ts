import type { Impact } from './live';

/** The consumer groups that read a topic, in words; empty where none does or nobody asked. */
export function groupsText(topic: string, impact: Impact | undefined): readonly string[] {
  const groups = impact?.groups.get(topic) ?? [];
  return groups.length === 0 ? [] : [`consumer ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}`];
}

/** How many bytes go; `lost` gets the size of each partition. */
export function lostBytesText(
  topic: string,
  impact: Impact | undefined,
  lost: (bytes: readonly number[]) => number | 'all' | 'up to all',
): readonly string[] {
  const bytes = impact?.bytes.get(topic);
  if (bytes === undefined) return [];
  const total = bytes.reduce((sum, size) => sum + size, 0);
  if (total === 0) return ['it holds no records'];
  const share = lost(bytes);
  if (share === 'all') return [`${bytesText(total)} of records are deleted`];
  if (share === 'up to all') return [`up to ${bytesText(total)} of records are deleted: those beyond the new limit`];
  return [`about ${bytesText(share)} of ${bytesText(total)} of records are deleted`];
}

/** How much is copied: one partition for each copy; how large they are where somebody asked. */
export function copiedText(topic: string, copied: readonly number[], impact: Impact | undefined): readonly string[] {
  if (copied.length === 0) return [];
  const bytes = impact?.bytes.get(topic);
  const size = bytes === undefined ? '' : `, ${bytesText(copied.reduce((sum, id) => sum + (bytes[id] ?? 0), 0))} in all`;
  return [`brokers copy ${copied.length} ${copied.length === 1 ? 'replica' : 'replicas'}${size}, under a throttle`];
}

/** Rounded, for people: `1.5 GiB`. */
function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${units[power]}`;
}
