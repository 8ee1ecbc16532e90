import type { MadeSecrets } from '../../lib/lifecycle';

/** What making secrets came to, as lines; `id` is the environment's. */
export function secretsText(id: string, directory: string, { made, renewed, kept }: MadeSecrets): string {
  if (made.length + renewed.length + kept.length === 0) return `${id} needs no secrets\n`;
  const counts = [`${made.length} made`, ...(renewed.length === 0 ? [] : [`${renewed.length} made anew`]), `${kept.length} there already`];
  const lines = [
    ...made.map((path) => `  ${path}`),
    ...renewed.map((each) => `  ${each.directory} made anew, now with ${each.names.join(', ')}`),
    ...(renewed.length === 0 ? [] : [`who runs sees that after a restart: kafkon brokers ${id} roll --all`]),
  ];
  return [`${directory}: ${counts.join(', ')}`, ...lines].map((line) => `${line}\n`).join('');
}
