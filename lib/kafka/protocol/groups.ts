import type { TopicPartitions } from './topic-partitions';
import { type Protocol, Reader } from './wire';

/** ListGroups 4: the groups that the broker asked coordinates. */
export const listGroups: Protocol<void, { readonly code: number; readonly groups: { readonly group: string; readonly state: string }[] }> =
  {
    name: 'ListGroups',
    apiKey: 16,
    version: 4,
    flexible: true,
    write: (writer) => {
      writer.array([], () => undefined).end();
    },
    read: (reader) => {
      reader.skip(4);
      return {
        code: reader.int16(),
        groups: reader.array(() => {
          const group = reader.string();
          reader.string();
          return reader.end({ group, state: reader.string() });
        }),
      };
    },
  };

export interface DescribedGroup {
  readonly code: number;
  readonly group: string;
  readonly state: string;
  /** What each member is assigned. */
  readonly members: readonly (readonly string[])[];
}

/** DescribeGroups 5, of groups of the classic protocol that the broker asked coordinates. */
export const describeGroups: Protocol<readonly string[], DescribedGroup[]> = {
  name: 'DescribeGroups',
  apiKey: 15,
  version: 5,
  flexible: true,
  write: (writer, groups) => {
    writer
      .array(groups, (group) => writer.string(group))
      .boolean(false)
      .end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => {
      const [code, group, state, protocol] = [reader.int16(), reader.string(), reader.string(), reader.string()];
      reader.string();
      const members = reader.array(() => {
        reader.skipStrings(4);
        reader.bytes();
        const assignment = reader.bytes();
        return reader.end(protocol === 'consumer' ? assignedTopics(assignment) : []);
      });
      reader.skip(4);
      return reader.end({ code, group, state, members });
    });
  },
};

/** The topics in a consumer's assignment, which has a format of its own. */
function assignedTopics(assignment: Buffer): string[] {
  if (assignment.length === 0) return [];
  const reader = new Reader(assignment, false);
  reader.skip(2);
  return reader.array(() => {
    const topic = reader.string();
    reader.array(() => reader.int32());
    return topic;
  });
}

/** ConsumerGroupDescribe 0, of groups of the protocol that came with Kafka 4 (KIP-848). */
export const describeConsumerGroups: Protocol<readonly string[], DescribedGroup[]> = {
  name: 'ConsumerGroupDescribe',
  apiKey: 69,
  version: 0,
  flexible: true,
  write: (writer, groups) => {
    writer
      .array(groups, (group) => writer.string(group))
      .boolean(false)
      .end();
  },
  read: (reader) => {
    reader.skip(4);
    const assignment = () =>
      reader.end(
        reader.array(() => {
          reader.skip(16);
          const topic = reader.string();
          reader.array(() => reader.int32());
          return reader.end(topic);
        }),
      );
    return reader.array(() => {
      const code = reader.int16();
      reader.nullableString();
      const [group, state] = [reader.string(), reader.string()];
      reader.skip(8);
      reader.string();
      const members = reader.array(() => {
        reader.skipStrings(3);
        reader.skip(4);
        reader.skipStrings(2);
        reader.array(() => reader.string());
        reader.nullableString();
        const assigned = assignment();
        assignment();
        return reader.end(assigned);
      });
      reader.skip(4);
      return reader.end({ code, group, state, members });
    });
  },
};

/** OffsetFetch 6, of all partitions that the group has committed. */
export const fetchOffsets: Protocol<string, { readonly code: number; readonly topics: TopicPartitions<bigint> }> = {
  name: 'OffsetFetch',
  apiKey: 9,
  version: 6,
  flexible: true,
  write: (writer, group) => {
    writer
      .string(group)
      .array(null, () => undefined)
      .end();
  },
  read: (reader) => {
    reader.skip(4);
    const topics = reader.array((): [string, [number, bigint][]] =>
      reader.end([
        reader.string(),
        reader.array((): [number, bigint] => {
          const partition: [number, bigint] = [reader.int32(), reader.int64()];
          reader.skip(4);
          reader.nullableString();
          reader.skip(2);
          return reader.end(partition);
        }),
      ]),
    );
    return { topics, code: reader.int16() };
  },
};

/** OffsetCommit 8, from outside of the group. A code for each partition. */
export const commitOffsets: Protocol<{ readonly group: string; readonly topics: TopicPartitions<bigint> }, TopicPartitions<number>> = {
  name: 'OffsetCommit',
  apiKey: 8,
  version: 8,
  flexible: true,
  write: (writer, { group, topics }) => {
    writer.string(group).int32(noGeneration).string('').string(null);
    writer.array(topics, ([name, partitions]) => {
      writer.string(name);
      writer.array(partitions, ([id, offset]) => writer.int32(id).int64(offset).int32(noLeaderEpoch).string(null).end());
      writer.end();
    });
    writer.end();
  },
  read: (reader) => {
    reader.skip(4);
    const partition = (): [number, number] => reader.end([reader.int32(), reader.int16()]);
    return reader.array(() => reader.end([reader.string(), reader.array(partition)]));
  },
};

const noGeneration = -1;
const noLeaderEpoch = -1;
