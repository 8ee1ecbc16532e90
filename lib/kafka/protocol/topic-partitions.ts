import type { Reader, Writer } from './wire';

/** Something for each of some partitions, in the nesting that most requests have: by topic, then by partition. */
export type TopicPartitions<T> = readonly (readonly [topic: string, partitions: readonly (readonly [id: number, value: T])[]])[];

/** From `topic-partition` keys. @throws when a key has no partition */
export function byTopic<T>(entries: Iterable<readonly [key: string, value: T]>): TopicPartitions<T> {
  const topics = new Map<string, [number, T][]>();
  for (const [key, value] of entries) {
    const { topic, partition } = parsePartitionKey(key);
    const partitions = topics.get(topic) ?? [];
    partitions.push([partition, value]);
    topics.set(topic, partitions);
  }
  return [...topics];
}

/** To `topic-partition` keys. */
export function byPartitionKey<T>(topics: TopicPartitions<T>): [key: string, value: T][] {
  return topics.flatMap(([topic, partitions]) => partitions.map(([id, value]): [string, T] => [partitionKey(topic, id), value]));
}

/** `orders-3`: the name of a partition, as Kafka's own tools and logs write it. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/** The inverse of `partitionKey`. @throws when there is no partition in the key */
export function parsePartitionKey(key: string): { readonly topic: string; readonly partition: number } {
  const match = /^(.+)-(\d+)$/.exec(key);
  if (match === null) throw new RangeError(`"${key}" names no partition; write <topic>-<number>`);
  return { topic: match[1] ?? '', partition: Number(match[2]) };
}

/** One partition of one topic, where a request could have many. */
export function writeOnePartition(writer: Writer, topic: string, partition: number, more: () => void): void {
  writer.array([topic], (name) =>
    writer.string(name).array([partition], (id) => {
      writer.int32(id);
      more();
    }),
  );
}

/** What `more` reads behind the number of the partition; undefined where none came. */
export function readOnePartition<T>(reader: Reader, more: () => T): T | undefined {
  const [found] = reader.array(() => {
    reader.string();
    return reader.array(() => {
      reader.skip(4);
      return more();
    })[0];
  });
  return found;
}
