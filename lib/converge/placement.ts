import { reassigned } from './assignment';
import type { DesiredTopic } from './desired';
import { hasUnevenRacks } from './rack-spread';
import { rebalance } from './rebalance';
import type { Place } from './topic-board';

/**
 * The brokers of a new topic's partitions, where the cluster can't be left to place them: with a rack on some brokers only, one with
 * ZooKeeper makes no topic at all. In all other cases it spreads copies over racks itself, and knows best which brokers are well.
 */
export function placement(
  { name, partitions, replicationFactor }: DesiredTopic,
  brokers: readonly Place[],
): { readonly assignment?: readonly (readonly number[])[] } {
  if (!hasUnevenRacks(brokers)) return {};
  const none = Array.from({ length: partitions }, () => []);
  const placed = reassigned(name, none, replicationFactor, brokers);
  // Evens out who leads, too.
  const evener = new Map(rebalance(new Map([[name, placed]]), { brokers }).map(({ partition, to }) => [partition, to]));
  return { assignment: placed.map((replicas, partition) => evener.get(partition) ?? replicas) };
}
