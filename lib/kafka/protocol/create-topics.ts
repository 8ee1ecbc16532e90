import { type Answer, answer } from './answer';
import type { Protocol } from './wire';

export interface TopicCreation {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly assignment: readonly (readonly number[])[];
  readonly configs: readonly (readonly [key: string, value: string])[];
}

export interface TopicCreations {
  readonly topics: readonly TopicCreation[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}

/** CreateTopics 4. Later versions describe every setting of every topic in their answer, which takes the broker long. */
export const createTopics: Protocol<TopicCreations, (Answer & { readonly name: string })[]> = {
  name: 'CreateTopics',
  apiKey: 19,
  version: 4,
  flexible: false,
  write: (writer, { topics, timeoutMs, validateOnly }) => {
    writer.array(topics, ({ name, partitions, replicationFactor, assignment, configs }) => {
      const placed = assignment.length > 0;
      writer
        .string(name)
        .int32(placed ? -1 : partitions)
        .int16(placed ? -1 : replicationFactor);
      writer.array([...assignment.entries()], ([partition, brokers]) =>
        writer.int32(partition).array(brokers, (broker) => writer.int32(broker)),
      );
      writer.array(configs, ([key, value]) => writer.string(key).string(value));
    });
    writer.int32(timeoutMs).boolean(validateOnly);
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => ({ name: reader.string(), ...answer(reader) }));
  },
};
