import { type Answer, answer } from './answer';
import type { Protocol } from './wire';

export interface PartitionTotals {
  readonly totals: readonly (readonly [topic: string, count: number])[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}

/** CreatePartitions 2; the brokers place the new ones. */
export const createPartitions: Protocol<PartitionTotals, (Answer & { readonly name: string })[]> = {
  name: 'CreatePartitions',
  apiKey: 37,
  version: 2,
  flexible: true,
  write: (writer, { totals, timeoutMs, validateOnly }) => {
    writer.array(totals, ([name, count]) =>
      writer
        .string(name)
        .int32(count)
        .array(null, () => undefined)
        .end(),
    );
    writer.int32(timeoutMs).boolean(validateOnly).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ name: reader.string(), ...answer(reader) }));
  },
};
