import { ownershipTopic } from '../../../lib/converge';
import type { ClusterState } from '../../../lib/kafka';

/** All that a cluster holds, as plain data in a fixed order: two snapshots are equal when the clusters are. */
export interface Snapshot {
  readonly topics: Readonly<
    Record<string, { readonly partitions: number; readonly factor: readonly number[]; readonly config: Readonly<Record<string, string>> }>
  >;
  readonly acls: readonly string[];
  readonly quotas: Readonly<Record<string, unknown>>;
  readonly users: Readonly<Record<string, string>>;
}

export function snapshot(state: ClusterState): Snapshot {
  const sorted = <Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    topics: sorted(
      [...state.topics]
        .filter(([name]) => name !== ownershipTopic)
        .map(([name, { partitions, config }]) => [
          name,
          {
            partitions: partitions.length,
            factor: [...new Set(partitions.map(({ replicas }) => replicas.length))],
            config: sorted(config),
          },
        ]),
    ),
    acls: [...state.acls.keys()].sort(),
    quotas: sorted([...state.quotas].map(([key, { limits }]) => [key, sorted(Object.entries(limits))])),
    users: sorted(
      [...state.users].flatMap(([user, by]) =>
        [...by].map(([mechanism, { password }]): [string, string] => [`${user}/${mechanism}`, password]),
      ),
    ),
  };
}
