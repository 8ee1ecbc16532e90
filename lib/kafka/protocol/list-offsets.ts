import { readCommitted } from './fetch';
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
    writer.array([topic], (name) => writer.string(name).array([partition], (id) => writer.int32(id).int64(earliest)));
  },
  read: (reader) => {
    reader.skip(4);
    const [found] = reader.array(() => {
      reader.string();
      const partitions = reader.array(() => {
        reader.skip(4);
        const code = reader.int16();
        reader.skip(8);
        return { code, offset: reader.int64() };
      });
      return partitions[0];
    });
    return found ?? { code: -1, offset: 0n };
  },
};
