import { readOnePartition, writeOnePartition } from './topic-partitions';
import type { Protocol } from './wire';

/** As many replicas as the topic wants in sync have it before it is answered. */
const allInSync = -1;

export interface Production {
  readonly topic: string;
  readonly partition: number;
  /** Null outside a transaction. */
  readonly transactionalId: string | null;
  readonly timeoutMs: number;
  /** One record batch. */
  readonly batch: Buffer;
}

/** Produce 7: one batch of records to one partition. */
export const produce: Protocol<Production, { readonly code: number }> = {
  name: 'Produce',
  apiKey: 0,
  version: 7,
  flexible: false,
  write: (writer, { topic, partition, transactionalId, timeoutMs, batch }) => {
    writer.string(transactionalId).int16(allInSync).int32(timeoutMs);
    writeOnePartition(writer, topic, partition, () => writer.bytes(batch));
  },
  read: (reader) => {
    const code = readOnePartition(reader, () => {
      const own = reader.int16();
      reader.skip(24);
      return own;
    });
    return { code: code ?? -1 };
  },
};
