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
    writer.array([topic], (name) => writer.string(name).array([partition], (id) => writer.int32(id).bytes(batch)));
  },
  read: (reader) => {
    const [code] = reader.array(() => {
      reader.string();
      const codes = reader.array(() => {
        reader.skip(4);
        const own = reader.int16();
        reader.skip(24);
        return own;
      });
      return codes[0];
    });
    return { code: code ?? -1 };
  },
};
