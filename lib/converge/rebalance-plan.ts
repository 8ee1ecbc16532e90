import { parsePartitionKey, partitionKey, type Reassignment, type TopicDescription } from '../kafka';
import type { Kind } from '../model';
import { ConvergeError } from './converge-error';
import type { Desired } from './desired';
import { readLive, type Sources } from './live';
import { readMovingTopics, settledReplicas } from './moving-topics';
import type { Ownership } from './ownership';
import { type ReplicaMove, type Replicas, rebalance, stuckReplicas } from './rebalance';
import type { Place } from './topic-board';

/** What a rebalance would do, as plain JSON. */
export interface RebalancePlan {
  readonly format: 'kafkon/rebalance@1';
  readonly environment: string;
  readonly kind: Kind;
  readonly clusterId: string;
  readonly pinned: boolean;
  /** The brokers that are emptied. */
  readonly empty: readonly number[];
  readonly moves: readonly ReplicaMove[];
  /** Of the largest replica of each partition, once for each copy that is made. */
  readonly bytes: number;
  /** Partitions that are led by another broker than the preferred one, before anything moves. */
  readonly strayLeaders: readonly string[];
  readonly brokers: readonly BrokerShare[];
  /** Topics that a run which broke off was moving, and throttles that it left. */
  readonly unfinished: { readonly topics: readonly string[]; readonly throttles: readonly string[] };
  /** Why none of it may be done, with what to do instead. */
  readonly refused: readonly string[];
}

/** How much is on a broker, before and after. */
export interface BrokerShare extends Place {
  readonly replicas: readonly [before: number, after: number];
  /** Partitions of which it is the preferred leader. */
  readonly leaders: readonly [before: number, after: number];
}

/** What is to be emptied. */
export interface RebalanceWish {
  /** Ids of brokers that shall hold nothing, whether they run or not. @default none */
  readonly empty?: readonly number[];
}

/** Whether there is anything to do. */
export function isBalanced({ moves, strayLeaders, unfinished }: RebalancePlan): boolean {
  return moves.length + strayLeaders.length + unfinished.topics.length + unfinished.throttles.length === 0;
}

/**
 * Plans an even spread of all replicas of a cluster, those of topics that nobody declared and of Kafka's own topics too: a broker's load
 * does not ask who made a topic, and nothing of a topic itself changes.
 * @throws ConvergeError when this is another cluster, belongs to another environment, or doesn't show its topics
 * @throws ClusterFailure when nobody answers
 */
export async function planRebalance(desired: Desired, sources: Sources, wish: RebalanceWish = {}): Promise<RebalancePlan> {
  const { admin } = sources;
  // Everything that makes a cluster the wrong one is found by reading it for a plan of nothing.
  const { schemas: _, connectors: __, ...rest } = desired;
  const { brokers, clusterId, ownership } = await readLive({ ...rest, topics: [], users: [], quotas: [], acls: [] }, sources);
  const { topics, moves: seen } = await readMovingTopics(admin, brokers);
  // A move by which nothing is copied does not show in a topic.
  const under = new Map([...seen, ...(await admin.reassignments())]);
  const places = [...brokers].sort((a, b) => a.id - b.id).map(({ id, rack }) => ({ id, ...(rack === undefined ? {} : { rack }) }));
  const empty = [...new Set(wish.empty)].sort((a, b) => a - b);
  const replicas: Replicas = new Map(
    topics.map(({ name, partitions }) => [name, partitions.map((partition) => settledReplicas(name, partition, under))]),
  );
  const spread = { brokers: places, leaving: empty };
  const refused = refusals({ replicas, topics, spread, moving: under, ownership });
  const moves = refused.length > 0 ? [] : rebalance(replicas, spread);
  return {
    format: 'kafkon/rebalance@1',
    environment: desired.environment,
    kind: desired.kind,
    clusterId,
    pinned: desired.clusterId === clusterId,
    empty,
    moves,
    bytes: moves.some(isCopied) ? bytesOf(moves, await admin.logSizes(places.map(({ id }) => id))) : 0,
    strayLeaders: strayLeaders(topics),
    brokers: shares(places, empty, replicas, moves),
    unfinished: { topics: [...ownership.moving].sort(), throttles: [...ownership.throttles].sort() },
    refused,
  };
}

interface Found {
  readonly replicas: Replicas;
  readonly topics: readonly TopicDescription[];
  readonly spread: { readonly brokers: readonly Place[]; readonly leaving: readonly number[] };
  readonly moving: ReadonlyMap<string, Reassignment>;
  readonly ownership: Ownership;
}

function refusals({ replicas, topics, spread, moving, ownership }: Found): readonly string[] {
  const known = new Set(topics.flatMap(({ partitions }) => partitions.flatMap((partition) => partition.replicas)));
  const unknown = spread.leaving.filter((id) => !known.has(id) && !spread.brokers.some((broker) => broker.id === id));
  const left = spread.brokers.filter(({ id }) => !spread.leaving.includes(id));
  const theirs = [...moving.keys()].filter((key) => !ownership.moving.has(parsePartitionKey(key).topic));
  const stuck = stuckReplicas(replicas, spread);
  return [
    ...unknown.map((id) => `there is no broker ${id}; there are ${spread.brokers.map((broker) => broker.id).join(', ')}`),
    ...(left.length === 0 ? ['no broker would be left; name fewer to empty'] : []),
    ...(theirs.length === 0 ? [] : [`somebody else is moving ${some(theirs)}; wait until that is done, or cancel it`]),
    ...(stuck.length === 0 || left.length === 0
      ? []
      : [`more replicas than the ${left.length} brokers that would be left: ${some(stuck)}; lower their replicationFactor first`]),
  ];
}

function some(keys: readonly string[]): string {
  return keys.length <= 5 ? keys.join(', ') : `${keys.slice(0, 5).join(', ')} and ${keys.length - 5} more`;
}

/** Whether data goes to a broker that has none of it. */
export function isCopied({ from, to }: ReplicaMove): boolean {
  return to.some((id) => !from.includes(id));
}

function bytesOf(moves: readonly ReplicaMove[], sizes: ReadonlyMap<number, ReadonlyMap<string, number>>): number {
  return moves.reduce((sum, { topic, partition, from, to }) => {
    const largest = Math.max(0, ...from.map((id) => sizes.get(id)?.get(partitionKey(topic, partition)) ?? 0));
    return sum + largest * to.filter((id) => !from.includes(id)).length;
  }, 0);
}

/** Partitions whose preferred leader could lead and doesn't. */
export function strayLeaders(topics: readonly TopicDescription[]): readonly string[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.flatMap(({ id, leader, replicas: [preferred], isr }) =>
      preferred !== undefined && leader !== preferred && isr.includes(preferred) ? [partitionKey(name, id)] : [],
    ),
  );
}

function shares(
  places: readonly Place[],
  empty: readonly number[],
  before: Replicas,
  moves: readonly ReplicaMove[],
): readonly BrokerShare[] {
  const movedTo = new Map(moves.map(({ topic, partition, to }) => [partitionKey(topic, partition), to]));
  const counts = new Map<number, { replicas: [number, number]; leaders: [number, number] }>();
  const down = empty.filter((id) => !places.some((place) => place.id === id)).map((id) => ({ id }));
  for (const { id } of [...places, ...down]) counts.set(id, { replicas: [0, 0], leaders: [0, 0] });
  for (const [topic, partitions] of before)
    for (const [partition, replicas] of partitions.entries())
      for (const [when, list] of [replicas, movedTo.get(partitionKey(topic, partition)) ?? replicas].entries())
        for (const [index, id] of list.entries()) {
          const count = counts.get(id);
          if (count === undefined) continue;
          count.replicas[when === 0 ? 0 : 1]++;
          if (index === 0) count.leaders[when === 0 ? 0 : 1]++;
        }
  return [...places, ...down]
    .sort((a, b) => a.id - b.id)
    .map((place) => ({ ...place, ...(counts.get(place.id) ?? { replicas: [0, 0], leaders: [0, 0] }) }));
}

/** @throws ConvergeError when nothing may be written to this cluster, or not this plan */
export function requireDoable(plan: RebalancePlan): void {
  if (plan.refused.length > 0) throw new ConvergeError('bad-plan', plan.refused.join('; '));
  if (!plan.pinned && plan.kind !== 'development')
    throw new ConvergeError(
      'unpinned',
      `the environment does not name its cluster, so that nothing is written; write clusterId: ${plan.clusterId}, as kafkon cluster <environment> pin says`,
    );
}
