import { type Answer, answer } from './answer';
import type { TopicPartitions } from './topic-partitions';
import type { Protocol } from './wire';

export interface Moves {
  /** Null cancels. */
  readonly topics: TopicPartitions<readonly number[] | null>;
  readonly timeoutMs: number;
}

/** AlterPartitionReassignments 0: an answer for the whole, and one for each partition. */
export const alterPartitionReassignments: Protocol<Moves, Answer & { readonly topics: TopicPartitions<Answer> }> = {
  name: 'AlterPartitionReassignments',
  apiKey: 45,
  version: 0,
  flexible: true,
  write: (writer, { topics, timeoutMs }) => {
    writer.int32(timeoutMs);
    writer.array(topics, ([name, partitions]) => {
      writer.string(name).array(partitions, ([id, replicas]) =>
        writer
          .int32(id)
          .array(replicas, (broker) => writer.int32(broker))
          .end(),
      );
      writer.end();
    });
    writer.end();
  },
  read: (reader) => {
    reader.skip(4);
    const partition = (): [number, Answer] => reader.end([reader.int32(), answer(reader)]);
    return { ...answer(reader), topics: reader.array(() => reader.end([reader.string(), reader.array(partition)])) };
  },
};
