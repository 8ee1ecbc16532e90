import type { StandInState } from './stand-in-admin';

/** All that a cluster holds, as plain data in a fixed order: two snapshots are equal when the clusters are. */
export interface Snapshot {
  readonly topics: Readonly<
    Record<string, { readonly partitions: number; readonly factor: readonly number[]; readonly config: Readonly<Record<string, string>> }>
  >;
  readonly acls: readonly string[];
  readonly quotas: Readonly<Record<string, unknown>>;
  readonly users: Readonly<Record<string, string>>;
}

export function snapshot(state: StandInState): Snapshot {
  const sorted = <Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    topics: sorted(
      [...state.topics].map(([name, { replicas, config }]) => [
        name,
        { partitions: replicas.length, factor: [...new Set(replicas.map((list) => list.length))], config: sorted(config) },
      ]),
    ),
    acls: [...(state.acls?.keys() ?? [])].sort(),
    quotas: sorted([...state.quotas].map(([key, { limits }]) => [key, sorted(Object.entries(limits))])),
    users: sorted(state.passwords),
  };
}
