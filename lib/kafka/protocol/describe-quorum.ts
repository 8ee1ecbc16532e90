import type { Protocol, Reader } from './wire';

export interface Quorum {
  readonly code: number;
  /** Up to which offset the metadata is committed. */
  readonly highWatermark: bigint;
  /** The node that leads. */
  readonly leader: number;
  /** How far each voter and observer has fetched. */
  readonly replicas: readonly QuorumReplica[];
}

export interface QuorumReplica {
  readonly node: number;
  readonly logEndOffset: bigint;
  /** When it asked the leader last, in milliseconds by the leader's clock; -1: never. The leader's own is now. */
  readonly lastFetchMs: bigint;
}

/** DescribeQuorum 1, of the cluster's metadata. Only KRaft knows it. */
export const describeQuorum: Protocol<void, Quorum> = {
  name: 'DescribeQuorum',
  apiKey: 55,
  version: 1,
  flexible: true,
  write: (writer) => {
    const partitions = [0];
    writer.array(['__cluster_metadata'], (topic) =>
      writer
        .string(topic)
        .array(partitions, (partition) => writer.int32(partition).end())
        .end(),
    );
    writer.end();
  },
  read: (reader) => {
    const code = reader.int16();
    const topics = reader.array(() => {
      reader.skipStrings(1);
      return reader.end(reader.array(() => partitionOf(reader)));
    });
    const [first] = topics.flat();
    return code !== 0 || first === undefined ? { code: code || -1, highWatermark: 0n, leader: -1, replicas: [] } : first;
  },
};

function partitionOf(reader: Reader): Quorum {
  reader.skip(4);
  const code = reader.int16();
  const leader = reader.int32();
  reader.skip(4);
  const highWatermark = reader.int64();
  const [voters, observers] = [reader.array(replica), reader.array(replica)];
  return reader.end({ code, highWatermark, leader, replicas: [...voters, ...observers] });

  function replica(): QuorumReplica {
    const found = { node: reader.int32(), logEndOffset: reader.int64(), lastFetchMs: reader.int64() };
    reader.skip(8);
    return reader.end(found);
  }
}
