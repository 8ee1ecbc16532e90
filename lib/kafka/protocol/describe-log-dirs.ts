import type { TopicPartitions } from './topic-partitions';
import type { Protocol } from './wire';

export interface LogDirectory {
  readonly code: number;
  readonly path: string;
  /** Bytes. A replica that is being moved here from another directory of its broker is left out. */
  readonly sizes: TopicPartitions<bigint>;
}

/** DescribeLogDirs 2, of all partitions on the broker asked. Who may not ask gets no directory, and no error. */
export const describeLogDirs: Protocol<void, LogDirectory[]> = {
  name: 'DescribeLogDirs',
  apiKey: 35,
  version: 2,
  flexible: true,
  write: (writer) => {
    writer.array(null, () => undefined).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ code: reader.int16(), path: reader.string(), sizes: reader.array(topic) }));

    function topic(): [string, [number, bigint][]] {
      const name = reader.string();
      const replicas = reader.array(() => {
        const [id, size] = [reader.int32(), reader.int64()];
        reader.skip(8);
        return reader.end({ id, size, future: reader.boolean() });
      });
      return reader.end([name, replicas.filter(({ future }) => !future).map(({ id, size }): [number, bigint] => [id, size])]);
    }
  },
};
