import type { Environment } from '../environment';
import { nearest } from '../nearest';

/** `"a", "b" and "c"` */
export function quotedList(words: readonly string[]): string {
  return joinedList(words.map((word) => JSON.stringify(word)));
}

/** `a, b and c` */
export function joinedList(words: readonly (string | number)[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `1 broker`, `3 brokers` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What to do about a name that nothing bears. */
export function nearestRemedy(name: string, known: Iterable<string>, otherwise: string): string {
  const suggestion = nearest(name, known);
  return suggestion === undefined ? otherwise : `the nearest known is "${suggestion}"`;
}

/** The items whose key an earlier item has too, each with its index. */
export function repeated<Item>(items: readonly Item[], key: (item: Item) => string | number): { item: Item; index: number }[] {
  const seen = new Set<string | number>();
  return items
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => {
      const known = seen.has(key(item));
      seen.add(key(item));
      return known;
    });
}

/** Whether losses hurt: staging and production. */
export function isSerious(environment: Environment): boolean {
  return environment.kind === 'staging' || environment.kind === 'production';
}
