import { ClusterFailure } from '../admin';
import { fetchRecords } from '../protocol/fetch';
import { firstOffsetOf } from '../protocol/list-offsets';
import { committed, type FetchedBatch, fetchedBatches, unpacked } from '../protocol/record-batch';
import { Patience, type Session } from '../session';
import { atLeader, partition } from './at-leader';

/** How long a commit may take to show, in milliseconds. */
const commitMs = 5_000;
const offsetOutOfRange = 1;

/** What a topic held when it was read. */
export interface Reading {
  readonly values: ReadonlyMap<string, string>;
  /** Its last batch, where reading on begins. A topic made anew under the same name has another there. @default - it was empty */
  readonly last?: Pick<FetchedBatch, 'firstOffset' | 'nextOffset' | 'checksum'> | undefined;
}

/** Reads a topic to its end, on from where an earlier reading of it ended. @default before - from its beginning */
export async function readRecords(session: Session, topic: string, before: Reading = { values: new Map() }): Promise<Reading | undefined> {
  let { values, last } = before;
  let next = last?.nextOffset ?? 0n;
  let unsure = last;
  const patience = new Patience(commitMs);
  for (;;) {
    const offset = unsure?.firstOffset ?? next;
    const fetched = await atLeader(session, topic, fetchRecords, { topic, partition, offset }, { telling: [offsetOutOfRange] });
    if (fetched === undefined) return undefined;
    const batches = fetchedBatches(fetched.records);
    if (unsure !== undefined && !isSame(unsure, batches[0])) return readRecords(session, topic);
    unsure = undefined;
    if (fetched.code === offsetOutOfRange) {
      // What was read so far is of another topic, or of one that has been emptied since.
      const first = await atLeader(session, topic, firstOffsetOf, { topic, partition });
      values = new Map();
      last = undefined;
      next = first?.offset ?? 0n;
      continue;
    }
    const later = batches.filter(({ nextOffset }) => nextOffset > next);
    const end = later.at(-1);
    if (end !== undefined) {
      values = changed(topic, values, next, committed(later, fetched.aborted));
      last = { firstOffset: end.firstOffset, nextOffset: end.nextOffset, checksum: end.checksum };
      next = end.nextOffset;
    }
    if (end !== undefined && next < fetched.lastStableOffset) continue;
    // A transaction that was just committed shows a moment later; one whose holder died is not waited for to the end.
    const open = fetched.highWatermark > fetched.lastStableOffset;
    if (!open || !(await patience.again())) return { values, last };
  }
}

function isSame(known: NonNullable<Reading['last']>, found: FetchedBatch | undefined): boolean {
  return found?.firstOffset === known.firstOffset && found.checksum === known.checksum;
}

/** Values as some batches leave them, of which what comes before `from` is known. */
function changed(topic: string, values: Reading['values'], from: bigint, batches: readonly FetchedBatch[]): Reading['values'] {
  const result = new Map(values);
  for (const batch of batches) {
    for (const { offsetDelta, key, value } of unpacked(uncompressed(topic, batch), batch.count)) {
      if (key === null || batch.firstOffset + BigInt(offsetDelta) < from) continue;
      if (value === null) result.delete(key.toString());
      else result.set(key.toString(), value.toString());
    }
  }
  return result;
}

const magic = 2;
const uncompressedWay = 0;
const gzip = 1;
const ways: readonly string[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

function uncompressed(topic: string, { magic: found, compression, packed }: FetchedBatch): Buffer {
  if (found !== magic) throw new ClusterFailure('unsupported', `the records of ${topic} have the format of a Kafka before 0.11`);
  if (compression === uncompressedWay) return packed;
  if (compression === gzip) return (require('node:zlib') as typeof import('node:zlib')).gunzipSync(packed);
  const way = ways[compression] ?? `way ${compression}`;
  throw new ClusterFailure('unsupported', `the records of ${topic} are compressed in a way that is not known here: ${way}`);
}
