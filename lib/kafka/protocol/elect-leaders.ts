import { type Answer, answer } from './answer';
import type { TopicPartitions } from './topic-partitions';
import type { Protocol } from './wire';

export interface Election {
  readonly topics: TopicPartitions<unknown>;
  readonly timeoutMs: number;
}

/** ElectLeaders 2, of the preferred replicas. */
export const electLeaders: Protocol<Election, { readonly code: number; readonly topics: TopicPartitions<Answer> }> = {
  name: 'ElectLeaders',
  apiKey: 43,
  version: 2,
  flexible: true,
  write: (writer, { topics, timeoutMs }) => {
    writer.int8(0);
    writer.array(topics, ([name, partitions]) =>
      writer
        .string(name)
        .array(partitions, ([id]) => writer.int32(id))
        .end(),
    );
    writer.int32(timeoutMs).end();
  },
  read: (reader) => {
    reader.skip(4);
    const partition = (): [number, Answer] => reader.end([reader.int32(), answer(reader)]);
    return { code: reader.int16(), topics: reader.array(() => reader.end([reader.string(), reader.array(partition)])) };
  },
};
