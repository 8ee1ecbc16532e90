import { crc32c } from './crc32c';

/** A record as a log of notes has it. Null, where it is the value, removes the key. */
export interface KeyedRecord {
  readonly key: string;
  readonly value: string | null;
}

/** Who writes a batch in a transaction. */
export interface BatchProducer {
  readonly producerId: bigint;
  readonly epoch: number;
  /** Of its first record: how many the producer has written to the partition before. */
  readonly firstSequence: number;
}

const headerBytes = 61;
/** What comes before the length of a batch, and the length itself. */
const prefixBytes = 12;
const magic = 2;
const transactional = 0x10;
const control = 0x20;
const crcAt = 17;
const attributesAt = 21;

/** A record batch of magic 2, uncompressed, in one buffer of just its size. */
export function recordBatch(records: readonly KeyedRecord[], timestampMs: number, producer?: BatchProducer): Buffer {
  const sized = records.map(({ key, value }, index) => {
    const [keyBytes, valueBytes] = [Buffer.byteLength(key), value === null ? -1 : Buffer.byteLength(value)];
    // Attributes, the time since the batch's own and the number of headers take a byte each, and are zero.
    const fixed = 3 + varintBytes(index) + varintBytes(keyBytes) + varintBytes(valueBytes);
    return { key, value, keyBytes, valueBytes, length: fixed + keyBytes + Math.max(0, valueBytes) };
  });
  const bytes = sized.reduce((sum, { length }) => sum + varintBytes(length) + length, headerBytes);
  const batch = Buffer.alloc(bytes);
  batch.writeInt32BE(bytes - prefixBytes, 8);
  batch.writeInt32BE(-1, prefixBytes);
  batch.writeInt8(magic, 16);
  batch.writeInt16BE(producer === undefined ? 0 : transactional, attributesAt);
  batch.writeInt32BE(records.length - 1, 23);
  batch.writeBigInt64BE(BigInt(timestampMs), 27);
  batch.writeBigInt64BE(BigInt(timestampMs), 35);
  batch.writeBigInt64BE(producer?.producerId ?? -1n, 43);
  batch.writeInt16BE(producer?.epoch ?? -1, 51);
  batch.writeInt32BE(producer?.firstSequence ?? -1, 53);
  batch.writeInt32BE(records.length, 57);
  let at = headerBytes;
  const varint = (value: number) => {
    at = writeVarint(batch, value, at);
  };
  for (const [index, { key, value, keyBytes, valueBytes, length }] of sized.entries()) {
    varint(length);
    at += 2;
    varint(index);
    varint(keyBytes);
    at += batch.write(key, at);
    varint(valueBytes);
    if (value !== null) at += batch.write(value, at);
    at += 1;
  }
  batch.writeUInt32BE(crc32c(batch.subarray(attributesAt)), crcAt);
  return batch;
}

/** A batch as it was fetched, with its records still packed. */
export interface FetchedBatch {
  readonly magic: number;
  readonly firstOffset: bigint;
  /** Of what comes after it; compaction may have taken its last records, never its end. */
  readonly nextOffset: bigint;
  /** Of all that follows it in the batch: what was sent, by whom and when. */
  readonly checksum: number;
  readonly producerId: bigint;
  readonly transactional: boolean;
  /** Written by the broker itself, to end a transaction. */
  readonly control: boolean;
  /** 0 for none; the number of the way otherwise. */
  readonly compression: number;
  readonly count: number;
  readonly packed: Buffer;
}

/** The batches in what a broker sent; the last one may be cut off, and is then left out. */
export function fetchedBatches(bytes: Buffer): readonly FetchedBatch[] {
  const batches: FetchedBatch[] = [];
  for (let at = 0; at + headerBytes <= bytes.length; ) {
    const end = at + prefixBytes + bytes.readInt32BE(at + 8);
    if (end > bytes.length) break;
    const firstOffset = bytes.readBigInt64BE(at);
    const attributes = bytes.readInt16BE(at + attributesAt);
    batches.push({
      magic: bytes.readInt8(at + 16),
      firstOffset,
      nextOffset: firstOffset + BigInt(bytes.readInt32BE(at + 23)) + 1n,
      checksum: bytes.readUInt32BE(at + 17),
      producerId: bytes.readBigInt64BE(at + 43),
      transactional: (attributes & transactional) !== 0,
      control: (attributes & control) !== 0,
      compression: attributes & 7,
      count: bytes.readInt32BE(at + 57),
      packed: bytes.subarray(at + headerBytes, end),
    });
    at = end;
  }
  return batches;
}

/** A record of a batch that was fetched. */
export interface FetchedRecord {
  /** From the batch's first offset on. */
  readonly offsetDelta: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** The records of a batch, uncompressed. */
export function unpacked(packed: Buffer, count: number): readonly FetchedRecord[] {
  const records: FetchedRecord[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    // A time is longer than what a number can shift, and of no interest.
    for (let scale = 1; ; scale *= 128) {
      const byte = packed.readUInt8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  };
  const bytes = () => {
    const length = varint();
    if (length < 0) return null;
    at += length;
    return packed.subarray(at - length, at);
  };
  for (let left = count; left > 0; left--) {
    const length = varint();
    const end = at + length;
    at += 1;
    varint();
    records.push({ offsetDelta: varint(), key: bytes(), value: bytes() });
    at = end;
  }
  return records;
}

const abortMarker = 0;

/** Of batches, those whose transaction was not undone, without the broker's own marks. */
export function committed(
  batches: readonly FetchedBatch[],
  aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[],
): readonly FetchedBatch[] {
  const waiting = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const undone = new Set<bigint>();
  return batches.filter(({ nextOffset, producerId, transactional: inTransaction, control: isMark, packed, count }) => {
    while (waiting[0] !== undefined && waiting[0].firstOffset < nextOffset) undone.add(waiting.shift()?.producerId ?? -1n);
    if (isMark) {
      const key = count === 0 ? null : unpacked(packed, 1)[0]?.key;
      if (key?.readInt16BE(2) === abortMarker) undone.delete(producerId);
      return false;
    }
    return !(inTransaction && undone.has(producerId));
  });
}

/** Signs go into the lowest bit, so that what is near zero is short. */
const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = zigzag(value); rest > 0x7f; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

function writeVarint(into: Buffer, value: number, start: number): number {
  let [at, rest] = [start, zigzag(value)];
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) into[at++] = (rest % 128) | 0x80;
  into[at++] = rest;
  return at;
}
