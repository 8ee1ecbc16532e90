import { ClusterFailure } from '../admin';
import { fetchRecords } from '../protocol/fetch';
import { firstOffsetOf } from '../protocol/list-offsets';
import { committed, type FetchedBatch, fetchedBatches, unpacked } from '../protocol/record-batch';
import { Patience, type Session } from '../session';
import { atLeader, partition } from './at-leader';

/** How long a commit may take to show, in milliseconds. */
const commitMs = 5_000;
const offsetOutOfRange = 1;

export async function readRecords(session: Session, topic: string): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>();
  const patience = new Patience(commitMs);
  let offset = 0n;
  for (;;) {
    const fetched = await atLeader(session, topic, fetchRecords, { topic, partition, offset }, { telling: [offsetOutOfRange] });
    if (fetched === undefined) return undefined;
    if (fetched.code === offsetOutOfRange) {
      const first = await atLeader(session, topic, firstOffsetOf, { topic, partition });
      offset = first?.offset ?? 0n;
      continue;
    }
    const batches = fetchedBatches(fetched.records);
    for (const batch of committed(batches, fetched.aborted)) {
      for (const { offsetDelta, key, value } of unpacked(uncompressed(topic, batch), batch.count)) {
        if (key === null || batch.firstOffset + BigInt(offsetDelta) < offset) continue;
        if (value === null) values.delete(key.toString());
        else values.set(key.toString(), value.toString());
      }
    }
    const next = batches.at(-1)?.nextOffset;
    if (next !== undefined) offset = next;
    if (next !== undefined && offset < fetched.lastStableOffset) continue;
    // A transaction that was just committed shows a moment later; one whose holder died is not waited for to the end.
    const open = fetched.highWatermark > fetched.lastStableOffset;
    if (!open || !(await patience.again())) return values;
  }
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
