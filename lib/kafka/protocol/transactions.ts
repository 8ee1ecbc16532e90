import type { TopicPartitions } from './topic-partitions';
import type { Protocol } from './wire';

/** Who writes in a transaction: the coordinator gives each new holder of the id a higher epoch. */
export interface Producer {
  readonly transactionalId: string;
  readonly producerId: bigint;
  readonly epoch: number;
}

/** InitProducerId 2: makes the sender the one holder of a transactional id, and ends what the former one had begun. */
export const initProducerId: Protocol<
  { readonly transactionalId: string; readonly timeoutMs: number },
  { readonly code: number; readonly producerId: bigint; readonly epoch: number }
> = {
  name: 'InitProducerId',
  apiKey: 22,
  version: 2,
  flexible: true,
  write: (writer, { transactionalId, timeoutMs }) => {
    writer.string(transactionalId).int32(timeoutMs).end();
  },
  read: (reader) => {
    reader.skip(4);
    return { code: reader.int16(), producerId: reader.int64(), epoch: reader.int16() };
  },
};

/** AddPartitionsToTxn 1: a code for each partition. */
export const addPartitionsToTxn: Protocol<
  { readonly producer: Producer; readonly topic: string; readonly partition: number },
  { readonly topics: TopicPartitions<number> }
> = {
  name: 'AddPartitionsToTxn',
  apiKey: 24,
  version: 1,
  flexible: false,
  write: (writer, { producer: { transactionalId, producerId, epoch }, topic, partition }) => {
    writer.string(transactionalId).int64(producerId).int16(epoch);
    writer.array([topic], (name) => writer.string(name).array([partition], (id) => writer.int32(id)));
  },
  read: (reader) => {
    reader.skip(4);
    return {
      topics: reader.array((): [string, [number, number][]] => [
        reader.string(),
        reader.array((): [number, number] => [reader.int32(), reader.int16()]),
      ]),
    };
  },
};

/** EndTxn 1. */
export const endTxn: Protocol<{ readonly producer: Producer; readonly commit: boolean }, { readonly code: number }> = {
  name: 'EndTxn',
  apiKey: 26,
  version: 1,
  flexible: false,
  write: (writer, { producer: { transactionalId, producerId, epoch }, commit }) => {
    writer.string(transactionalId).int64(producerId).int16(epoch).boolean(commit);
  },
  read: (reader) => {
    reader.skip(4);
    return { code: reader.int16() };
  },
};
