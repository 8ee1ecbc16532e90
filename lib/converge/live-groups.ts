import type { KafkaAdmin } from '../kafka';

/** A group as far as its offsets go. */
export interface LiveGroup {
  readonly members: number;
  /** Committed, by `topic-partition`. */
  readonly offsets: ReadonlyMap<string, bigint>;
}

/** Each group is asked of its own coordinator; more at once would only queue there. */
const atOnce = 16;

/** Runs `act` on items, some of them side by side; the results are in the order of the items. */
export async function someAtOnce<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const waiting = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) results.set(index, await act(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return items.flatMap((_, index) => (results.has(index) ? [results.get(index) as Result] : []));
}

/** Committed offsets by group, then by `topic-partition`; a group that is not there has none. */
export async function readGroupOffsets(
  groups: readonly string[],
  admin: KafkaAdmin,
): Promise<ReadonlyMap<string, ReadonlyMap<string, bigint>>> {
  return new Map(await someAtOnce(groups, async (group) => [group, await admin.groupOffsets(group)] as const));
}

/** Of the named groups, those that are there. */
export async function readLiveGroups(names: readonly string[], admin: KafkaAdmin): Promise<ReadonlyMap<string, LiveGroup>> {
  const known = new Map((await admin.groups()).map((group) => [group.group, group.members]));
  const offsets = await readGroupOffsets(
    names.filter((name) => known.has(name)),
    admin,
  );
  return new Map([...offsets].map(([group, committed]) => [group, { members: known.get(group) ?? 0, offsets: committed }]));
}

/** Dynamic settings of brokers, or of all; those that Kafka hides are left out. */
export async function readBrokerConfigs(
  brokers: readonly (number | 'all')[],
  admin: KafkaAdmin,
): Promise<ReadonlyMap<number | 'all', ReadonlyMap<string, string>>> {
  if (brokers.length === 0) return new Map();
  const found = await admin.brokerConfigs(brokers);
  return new Map(
    [...found].map(([broker, entries]) => [
      broker,
      new Map(entries.flatMap(({ key, value }): [string, string][] => (value === null ? [] : [[key, value]]))),
    ]),
  );
}
