import { type Answer, answer } from './answer';
import type { TopicPartitions } from './topic-partitions';
import type { Protocol } from './wire';

export interface MoveUnderWay {
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

/** ListPartitionReassignments 0, of all topics. The body is the time it may take, in milliseconds. */
export const listPartitionReassignments: Protocol<number, Answer & { readonly topics: TopicPartitions<MoveUnderWay> }> = {
  name: 'ListPartitionReassignments',
  apiKey: 46,
  version: 0,
  flexible: true,
  write: (writer, timeoutMs) => {
    writer
      .int32(timeoutMs)
      .array(null, () => undefined)
      .end();
  },
  read: (reader) => {
    reader.skip(4);
    const brokers = () => reader.array(() => reader.int32());
    const partition = (): [number, MoveUnderWay] =>
      reader.end([reader.int32(), { replicas: brokers(), adding: brokers(), removing: brokers() }]);
    return { ...answer(reader), topics: reader.array(() => reader.end([reader.string(), reader.array(partition)])) };
  },
};
