import type { ConfigEntry, NewTopic, Outcome, TopicDescription } from '../admin';
import { parsePartitionKey, partitionKey } from '../protocol/topic-partitions';
import { done, type MemoryCluster, refused } from './memory-cluster';
import { settingProblem, topicSettings } from './setting';
import type { ClusterState, StoredTopic } from './state';

const validName = /^(?!\.{1,2}$)[\w.-]{1,249}$/;
/** With ZooKeeper the racks of all brokers are looked at first, whoever places the replicas. */
const unevenRacks = refused('unknown', 'The server experienced an unexpected error when processing the request.');

function hasUnevenRacks({ brokers, options }: MemoryCluster): boolean {
  return options.metadata === 'zookeeper' && new Set(brokers.map(({ rack }) => rack === undefined)).size > 1;
}

const noSuchTopic = refused('not-found', 'This server does not host this topic-partition.');

export type Changes = Readonly<Record<string, string | null>>;

/** While a partition is moved it has the replicas that it shall have and those that go, of which only the old ones are in sync. */
export function describe({ moves }: ClusterState, [name, topic]: readonly [string, StoredTopic]): TopicDescription {
  return {
    name,
    internal: name === '__consumer_offsets' || name === '__transaction_state',
    partitions: topic.partitions.map(({ leader, replicas }, id) => ({
      id,
      leader: leader < 0 ? undefined : leader,
      replicas: [...new Set([...(moves.get(partitionKey(name, id))?.to ?? []), ...replicas])],
      isr: [...replicas].sort((a, b) => a - b),
    })),
  };
}

export function create(cluster: MemoryCluster, state: ClusterState, topic: NewTopic, validateOnly: boolean): Outcome {
  const problem = problemOf(cluster, state, topic);
  if (problem !== undefined) return problem;
  if (validateOnly) return done;
  const start = state.topics.size;
  const placed =
    topic.assignment ?? Array.from({ length: topic.partitions }, (_, id) => place(cluster, start + id, topic.replicationFactor));
  state.topics.set(topic.name, {
    partitions: placed.map((replicas) => ({ replicas, leader: replicas[0] ?? -1, size: 0 })),
    config: new Map(Object.entries(topic.config).map(([key, value]) => [key, String(value)])),
  });
  return done;
}

/** As Kafka does: rack after rack, and within a rack broker after broker; those without a rack are one rack. */
function place({ brokers }: MemoryCluster, start: number, replicationFactor: number): number[] {
  const racks = new Map<string | undefined, number[]>();
  for (const { id, rack } of [...brokers].sort((a, b) => a.id - b.id)) racks.set(rack, [...(racks.get(rack) ?? []), id]);
  const rows = [...racks.values()];
  const turned = Array.from({ length: Math.max(...rows.map(({ length }) => length)) }, (_, round) =>
    rows.map((_row, index) => {
      const row = rows[(start + index) % rows.length] ?? [];
      return round < row.length ? row[(Math.floor(start / rows.length) + round) % row.length] : undefined;
    }),
  );
  return turned
    .flat()
    .flatMap((id) => id ?? [])
    .slice(0, replicationFactor);
}

function problemOf(cluster: MemoryCluster, state: ClusterState, topic: NewTopic): Outcome | undefined {
  const { name, partitions, replicationFactor, assignment, config } = topic;
  if (!validName.test(name)) return refused('invalid', `Topic name is invalid: ${name}`);
  if (state.topics.has(name)) return refused('already-exists', `Topic '${name}' already exists.`);
  for (const [key, value] of Object.entries(config)) {
    const problem = settingProblem('topic', key, String(value));
    if (problem !== undefined) return refused('invalid', problem);
  }
  if (assignment !== undefined) {
    const bad = assignment.find((replicas) => !validReplicas(cluster, replicas));
    return bad === undefined && assignment.length > 0 ? undefined : refused('invalid', `The assignment ${bad} is invalid`);
  }
  if (hasUnevenRacks(cluster)) return unevenRacks;
  if (partitions < 1) return refused('invalid', 'Number of partitions must be larger than 0.');
  return replicationFactor >= 1 && replicationFactor <= cluster.brokers.length ? undefined : tooFewBrokers(cluster, replicationFactor);
}

function tooFewBrokers({ brokers }: MemoryCluster, replicationFactor: number): Outcome {
  return refused('invalid', `Unable to replicate the partition ${replicationFactor} time(s): there are ${brokers.length} brokers`);
}

export function validReplicas(cluster: MemoryCluster, replicas: readonly number[]): boolean {
  return replicas.length > 0 && new Set(replicas).size === replicas.length && replicas.every((id) => cluster.brokerIds.includes(id));
}

export function grow(cluster: MemoryCluster, state: ClusterState, name: string, total: number, validateOnly: boolean): Outcome {
  const topic = state.topics.get(name);
  if (topic === undefined) return noSuchTopic;
  if (hasUnevenRacks(cluster)) return unevenRacks;
  const { partitions } = topic;
  if (total <= partitions.length) return refused('invalid', `The topic has ${partitions.length} partitions, so it can't be given ${total}`);
  const replicationFactor = partitions[0]?.replicas.length ?? 1;
  if (replicationFactor > cluster.brokers.length) return tooFewBrokers(cluster, replicationFactor);
  for (let id = partitions.length; id < total && !validateOnly; id++) {
    const replicas = place(cluster, id, replicationFactor);
    partitions.push({ replicas, leader: replicas[0] ?? -1, size: 0 });
  }
  return done;
}

export function remove(state: ClusterState, name: string): Outcome {
  if (!state.topics.delete(name)) return noSuchTopic;
  state.records.delete(name);
  for (const key of state.moves.keys()) if (parsePartitionKey(key).topic === name) state.moves.delete(key);
  return done;
}

export function changeConfig(state: ClusterState, name: string, changes: Changes, validateOnly: boolean): Outcome {
  const topic = state.topics.get(name);
  return topic === undefined ? noSuchTopic : change('topic', topic.config, changes, validateOnly);
}

/** Changes all of them or, when one is wrong, none. */
export function change(of: 'topic' | 'broker', config: Map<string, string>, changes: Changes, validateOnly: boolean): Outcome {
  for (const [key, value] of Object.entries(changes)) {
    const problem = settingProblem(of, key, value);
    if (problem !== undefined) return refused('invalid', problem);
  }
  for (const [key, value] of Object.entries(validateOnly ? {} : changes)) {
    if (value === null) config.delete(key);
    else config.set(key, value);
  }
  return done;
}

export function configOf(state: ClusterState, topic: StoredTopic, keys: readonly string[] | undefined): readonly ConfigEntry[] {
  if (keys === undefined) return [...topic.config].map(([key, value]): ConfigEntry => ({ key, value, source: 'topic' }));
  return keys.flatMap((key): ConfigEntry[] => {
    const setting = topicSettings[key];
    if (setting === undefined) return [];
    const [own, all] = [topic.config.get(key), state.brokerConfigs.get('all')?.get(setting.broker)];
    if (own !== undefined) return [{ key, value: own, source: 'topic' }];
    return [all === undefined ? { key, value: setting.byDefault, source: 'default' } : { key, value: all, source: 'cluster' }];
  });
}
