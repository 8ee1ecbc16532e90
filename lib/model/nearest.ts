/**
 * The candidate a mistyped word most likely stands for, or `undefined` when none is close enough to be worth naming.
 * Case, `_`, `-` and `.` count an eighth of another slip: `RETENTION_MS` is nearly `retention.ms`. At most a third of the
 * word (and at least one character) may differ. Of equally near candidates the first in alphabetical order is taken,
 * whatever order they come in.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > Math.min(limit, bestDistance)) continue;
    const distance = editDistance(word, candidate);
    if (distance > limit || distance > bestDistance) continue;
    if (distance === bestDistance && best !== undefined && best <= candidate) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`; a slip of case or separator costs an eighth. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const from = a.charAt(row - 1);
      const to = b.charAt(column - 1);
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + substitution(from, to));
      if (row > 1 && column > 1 && from === b.charAt(column - 2) && a.charAt(row - 2) === to) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

/** A power of two, so that sums are exact and the distance is the same in both directions. */
const SMALL_SLIP = 1 / 8;

function substitution(from: string, to: string): number {
  if (from === to) return 0;
  if (from.toLowerCase() === to.toLowerCase()) return SMALL_SLIP;
  return isSeparator(from) && isSeparator(to) ? SMALL_SLIP : 1;
}

function isSeparator(character: string): boolean {
  return character === '.' || character === '_' || character === '-';
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
