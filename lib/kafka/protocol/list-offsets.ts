import { readCommitted } from './fetch';
import { readOnePartition, writeOnePartition } from './topic-partitions';
import type { Protocol } from './wire';

const client = -1;
const earliest = -2n;

/** ListOffsets 3: the first offset of a partition that is still there. */
export const firstOffsetOf: Protocol<
  { readonly topic: string; readonly partition: number },
  { readonly code: number; readonly offset: bigint }
> = {
  name: 'ListOffsets',
  apiKey: 2,
  version: 3,
  flexible: false,
  write: (writer, { topic, partition }) => {
    writer.int32(client).int8(readCommitted);
    writeOnePartition(writer, topic, partition, () => writer.int64(earliest));
  },
  read: (reader) => {
    reader.skip(4);
    const found = readOnePartition(reader, () => {
      const code = reader.int16();
      reader.skip(8);
      return { code, offset: reader.int64() };
    });
    return found ?? { code: -1, offset: 0n };
  },
};
