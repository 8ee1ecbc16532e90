import { readOnePartition, writeOnePartition } from './topic-partitions';
import type { Protocol } from './wire';

/** Reads wait for nothing: what is there is answered. */
const maxWaitMs = 100;
const mostBytes = 10 * 1024 * 1024;
/** Transactions that were undone, and those that are under way, are left out. */
export const readCommitted = 1;
const client = -1;
const noSession = { id: 0, epoch: -1 } as const;
const unknown = -1n;

export interface Fetched {
  readonly code: number;
  readonly highWatermark: bigint;
  readonly lastStableOffset: bigint;
  /** Transactions that were undone. */
  readonly aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[];
  /** Record batches, one after the other. */
  readonly records: Buffer;
}

/** Fetch 11: of one partition, what was committed. */
export const fetchRecords: Protocol<{ readonly topic: string; readonly partition: number; readonly offset: bigint }, Fetched> = {
  name: 'Fetch',
  apiKey: 1,
  version: 11,
  flexible: false,
  write: (writer, { topic, partition, offset }) => {
    writer.int32(client).int32(maxWaitMs).int32(0).int32(mostBytes).int8(readCommitted);
    writer.int32(noSession.id).int32(noSession.epoch);
    writeOnePartition(writer, topic, partition, () => writer.int32(-1).int64(offset).int64(unknown).int32(mostBytes));
    writer.array([], () => undefined).string('');
  },
  read: (reader) => {
    reader.skip(4);
    const code = reader.int16();
    reader.skip(4);
    const found = readOnePartition(reader, fetched);
    return found === undefined || code !== 0 ? { ...nothing, code: code === 0 ? -1 : code } : found;

    function fetched(): Fetched {
      const [own, highWatermark, lastStableOffset] = [reader.int16(), reader.int64(), reader.int64()];
      reader.skip(8);
      const aborted = reader.array(() => ({ producerId: reader.int64(), firstOffset: reader.int64() }));
      reader.skip(4);
      return { code: own, highWatermark, lastStableOffset, aborted, records: reader.bytes() };
    }
  },
};

const nothing: Omit<Fetched, 'code'> = { highWatermark: 0n, lastStableOffset: 0n, aborted: [], records: Buffer.alloc(0) };
