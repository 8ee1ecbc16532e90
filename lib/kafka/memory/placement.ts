import type { Outcome, Reassignment } from '../admin';
import { parsePartitionKey, partitionKey } from '../protocol/topic-partitions';
import { done, type MemoryCluster, refused } from './memory-cluster';
import type { ClusterState, StoredPartition } from './state';
import { validReplicas } from './topics';

export function partitionOf(state: ClusterState, key: string): StoredPartition | undefined {
  const { topic, partition } = parsePartitionKey(key);
  return state.topics.get(topic)?.partitions[partition];
}

export function move(cluster: MemoryCluster, state: ClusterState, key: string, to: readonly number[] | null): Outcome {
  const partition = partitionOf(state, key);
  if (partition === undefined) return refused('not-found', 'The topic or the partition does not exist.');
  if (to === null) return state.moves.delete(key) ? done : refused('not-found', 'No partition reassignment is in progress.');
  if (!validReplicas(cluster, to)) return refused('invalid', `The replicas ${to} are no brokers of this cluster`);
  const sameBrokers = [...to].sort().join() === [...partition.replicas].sort().join();
  if (sameBrokers) partition.replicas = to;
  else state.moves.set(key, { to, doneAt: cluster.moveDoneAt });
  return done;
}

export function movesOf(state: ClusterState): ReadonlyMap<string, Reassignment> {
  return new Map(
    [...state.moves].map(([key, { to }]) => {
      const replicas = partitionOf(state, key)?.replicas ?? [];
      const adding = to.filter((id) => !replicas.includes(id));
      return [
        key,
        { replicas: [...to, ...replicas.filter((id) => !to.includes(id))], adding, removing: replicas.filter((id) => !to.includes(id)) },
      ];
    }),
  );
}

export function elect(state: ClusterState, key: string): Outcome {
  const partition = partitionOf(state, key);
  if (partition === undefined) return refused('not-found', 'No such topic or partition');
  partition.leader = partition.replicas[0] ?? -1;
  return done;
}

export function sizesOn(state: ClusterState, broker: number): ReadonlyMap<string, number> {
  return new Map(
    [...state.topics].flatMap(([name, { partitions }]) =>
      partitions.flatMap(({ replicas, size }, id): [string, number][] =>
        replicas.includes(broker) ? [[partitionKey(name, id), size]] : [],
      ),
    ),
  );
}

export function commitOffset(state: ClusterState, group: string, key: string, offset: bigint): Outcome {
  const found = state.groups.get(group);
  if ((found?.description.members ?? 0) > 0) return refused('busy', 'the group has members');
  if (partitionOf(state, key) === undefined) return refused('not-found', 'there is no such topic or partition');
  const description = found?.description ?? { group, state: 'empty', members: 0, topics: [] };
  state.groups.set(group, { description, offsets: new Map(found?.offsets).set(key, offset) });
  return done;
}
