import type { Place } from './topic-board';

/** How many copies of a partition a rack may hold so that they are spread as far as they can be. */
export interface RackShare {
  readonly least: number;
  readonly most: number;
}

/** The rack of a broker; one that names none is a rack of its own. */
export function rackOf({ id, rack }: Place): string {
  return rack === undefined ? `broker ${id}` : `rack ${rack}`;
}

/**
 * The share of every rack in `copies` of one partition: racks are filled evenly, and a rack that has no broker left takes no more.
 * Undefined where there are fewer brokers than copies.
 */
export function rackShares(brokers: readonly Place[], copies: number): ReadonlyMap<string, RackShare> | undefined {
  if (copies > brokers.length) return undefined;
  const sizes = new Map<string, number>();
  for (const broker of brokers) sizes.set(rackOf(broker), (sizes.get(rackOf(broker)) ?? 0) + 1);
  const room = (level: number) => [...sizes.values()].reduce((sum, size) => sum + Math.min(size, level), 0);
  let level = 0;
  while (room(level) < copies) level++;
  const below = Math.max(0, level - 1);
  return new Map([...sizes].map(([rack, size]) => [rack, { least: Math.min(size, below), most: Math.min(size, level) }]));
}
