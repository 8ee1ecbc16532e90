import { partitionKey, type TopicDescription } from '../kafka';

/**
 * What brokers that are to be removed still hold: by broker, the partitions with a replica there, as `topic-partition`; a broker that
 * holds none is left out, so that an empty answer means that they may go. A replica that is being moved away counts until it is gone.
 */
export function leavingBrokersHoldReplicas(
  topics: readonly TopicDescription[],
  leaving: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const held = new Map(leaving.map((broker): [number, string[]] => [broker, []]));
  for (const { name, partitions } of topics)
    for (const { id, replicas } of partitions) for (const broker of replicas) held.get(broker)?.push(partitionKey(name, id));
  return new Map([...held].filter(([, partitions]) => partitions.length > 0));
}
