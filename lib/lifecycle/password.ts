import { randomInt } from 'node:crypto';

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/**
 * A password of letters and digits, so that it can stand in every file and address; none that look alike. 24 of them are 140 bits.
 * `below(n)` is a random whole number from 0 to n - 1.
 */
export function password(length: number, below: (limit: number) => number = randomInt): string {
  return Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
}
