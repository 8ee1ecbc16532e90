import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crc32c } from '../../lib/kafka/protocol/crc32c';
import {
  committed,
  type FetchedBatch,
  fetchedBatches,
  type KeyedRecord,
  recordBatch,
  unpacked,
} from '../../lib/kafka/protocol/record-batch';

/** kafkajs' own, which have long been tried on real brokers. */
const theirBatch = require('kafkajs/src/protocol/recordBatch/v0/index.js') as {
  readonly RecordBatch: (batch: Readonly<Record<string, unknown>>) => Promise<{ readonly buffer: Buffer }>;
};
const theirRecord = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: Readonly<Record<string, unknown>>) => object;

const record = fc.record({
  key: fc.string({ unit: 'grapheme', maxLength: 300 }),
  value: fc.option(fc.string({ unit: 'grapheme', maxLength: 300 })),
});
const records = fc.array(record, { minLength: 1, maxLength: 200 });
const producer = fc.record({
  producerId: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  epoch: fc.integer({ min: 0, max: 32767 }),
  firstSequence: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});
const time = fc.integer({ min: 0, max: 2 ** 42 });

const text = ({ key, value }: { readonly key: Buffer | null; readonly value: Buffer | null }) => ({
  key: key?.toString(),
  value: value?.toString() ?? null,
});

describe('a record batch', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(records, time, producer, (wanted, at, by) => {
        const [batch, ...more] = fetchedBatches(recordBatch(wanted, at, by));
        expect(more).toEqual([]);
        expect(batch).toMatchObject({ magic: 2, firstOffset: 0n, nextOffset: BigInt(wanted.length), producerId: by.producerId });
        expect(batch).toMatchObject({ transactional: true, control: false, compression: 0, count: wanted.length });
        const found = unpacked(batch?.packed ?? Buffer.alloc(0), wanted.length);
        expect(found.map(text)).toEqual(wanted);
        expect(found.map(({ offsetDelta }) => offsetDelta)).toEqual(wanted.map((_, index) => index));
      }),
      { numRuns: 50 },
    );
  });

  it('is what kafkajs writes, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(records, time, producer, async (wanted, at, by) => {
        const { buffer } = await theirBatch.RecordBatch({
          producerId: by.producerId,
          producerEpoch: by.epoch,
          firstSequence: by.firstSequence,
          transactional: true,
          firstTimestamp: at,
          maxTimestamp: at,
          partitionLeaderEpoch: -1,
          lastOffsetDelta: wanted.length - 1,
          records: wanted.map(({ key, value }, offsetDelta) => theirRecord({ offsetDelta, key, value })),
        });
        expect(recordBatch(wanted, at, by).equals(buffer)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('has a key, a value and times of any length where a broker or another program wrote it', () => {
    // Record of 15 bytes: attributes, a time of six bytes, offset 300, no key, a value of two bytes, one header without a value.
    const packed = Buffer.from([0x1e, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 0xd8, 0x04, 1, 4, 0x68, 0x69, 0, 0, 0x06, 0, 0, 0]);
    expect(unpacked(packed, 1).map(({ offsetDelta, key, value }) => [offsetDelta, key, value?.toString()])).toEqual([[300, null, 'hi']]);
  });

  it('is left out when it was cut off', () => {
    const [first, second] = [recordBatch([{ key: 'a', value: '1' }], 0), recordBatch([{ key: 'b', value: null }], 0)];
    const both = Buffer.concat([first, second]);
    for (let bytes = 0; bytes <= both.length; bytes++)
      expect(fetchedBatches(both.subarray(0, bytes))).toHaveLength(bytes < first.length ? 0 : bytes < both.length ? 1 : 2);
  });
});

describe('a transaction that was undone', () => {
  const batch = (firstOffset: bigint, producerId: bigint, mark?: 'commit' | 'abort'): FetchedBatch => {
    const key: KeyedRecord['key'] = mark === undefined ? 'note' : mark === 'abort' ? '\0\0\0\0' : '\0\0\0\u0001';
    const [made] = fetchedBatches(recordBatch([{ key, value: '' }], 0, { producerId, epoch: 0, firstSequence: 0 }));
    if (made === undefined) throw new Error('no batch');
    return { ...made, firstOffset, nextOffset: firstOffset + 1n, control: mark !== undefined };
  };
  const offsets = (batches: readonly FetchedBatch[], aborted: Parameters<typeof committed>[1]) =>
    committed(batches, aborted).map(({ firstOffset }) => Number(firstOffset));

  it('does not show, and what its producer writes later does', () => {
    const log = [batch(0n, 7n), batch(1n, 7n, 'abort'), batch(2n, 7n), batch(3n, 7n, 'commit')];
    expect(offsets(log, [{ producerId: 7n, firstOffset: 0n }])).toEqual([2]);
    expect(offsets(log, [])).toEqual([0, 2]);
  });

  it('hides nothing of others, nor of what the same producer wrote before', () => {
    const log = [batch(0n, 7n), batch(1n, 7n, 'commit'), batch(2n, 8n), batch(3n, 7n), batch(4n, 7n, 'abort'), batch(5n, 8n, 'commit')];
    expect(offsets(log, [{ producerId: 7n, firstOffset: 3n }])).toEqual([0, 2]);
  });

  it('hides each of several, in whatever order they are named', () => {
    const log = [batch(0n, 7n), batch(1n, 8n), batch(2n, 8n, 'abort'), batch(3n, 7n, 'abort'), batch(4n, 8n), batch(5n, 8n, 'commit')];
    const aborted = [
      { producerId: 8n, firstOffset: 1n },
      { producerId: 7n, firstOffset: 0n },
    ];
    expect(offsets(log, aborted)).toEqual([4]);
  });

  it('hides no record that was written outside of transactions', () => {
    const [plain] = fetchedBatches(recordBatch([{ key: 'note', value: '' }], 0));
    expect(committed(plain === undefined ? [] : [plain], [{ producerId: -1n, firstOffset: 0n }])).toHaveLength(1);
  });
});

describe('CRC-32C', () => {
  it('is that of the standard', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(0))).toBe(0);
  });
});
