/** One figure, port, name or feature of a system described in docs/seeds.md, and where it is in an environment. */
export interface Fact {
  /** The line of docs/seeds.md. */
  readonly id: string;
  readonly environment: string;
  /** Into the resolved environment; a list is entered by the name or id of an item, or its index. */
  readonly path: readonly string[];
  readonly expected: unknown;
}

/** Bytes. */
export const GiB = 2 ** 30;
/** Milliseconds. */
export const day = 86_400_000;

/** A fact of one environment, the steps of its path parted by slashes. */
export type Row = readonly [id: string, path: string, expected: unknown];

/** The facts of one environment. */
export function inEnvironment(environment: string, rows: readonly Row[]): Fact[] {
  return rows.map(([id, path, expected]) => ({ id, environment, path: path.split('/'), expected }));
}
