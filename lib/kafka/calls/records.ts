import { ClusterFailure } from '../admin';
import { isPassing, refusal } from '../error-codes';
import { readFailure, Unanswered } from '../failure';
import { fetchRecords } from '../protocol/fetch';
import { firstOffsetOf } from '../protocol/list-offsets';
import { produce } from '../protocol/produce';
import { committed, type FetchedBatch, fetchedBatches, type KeyedRecord, recordBatch, unpacked } from '../protocol/record-batch';
import type { Protocol } from '../protocol/wire';
import { Fenced } from '../record-log';
import { Patience, type Session } from '../session';
import { fencedCodes, inTransaction, type TransactionalHold } from './transaction';

/** How long a commit may take to show, in milliseconds. */
const commitMs = 5_000;
const partition = 0;
const offsetOutOfRange = 1;
const unknownTopic = 3;
/** A batch stays well below the million bytes that a topic takes by default. */
const mostBytesWritten = 500_000;

export async function readRecords(session: Session, topic: string): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>();
  const patience = new Patience(commitMs);
  let offset = 0n;
  for (;;) {
    const fetched = await atLeader(session, topic, fetchRecords, { topic, partition, offset }, [offsetOutOfRange]);
    if (fetched === undefined) return undefined;
    if (fetched.code === offsetOutOfRange) {
      const first = await atLeader(session, topic, firstOffsetOf, { topic, partition });
      offset = first?.offset ?? 0n;
      continue;
    }
    const batches = fetchedBatches(fetched.records);
    for (const batch of committed(batches, fetched.aborted)) {
      for (const { offsetDelta, key, value } of unpacked(await uncompressed(topic, batch), batch.count)) {
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

async function uncompressed(topic: string, { magic: found, compression, packed }: FetchedBatch): Promise<Buffer> {
  if (found !== magic) throw new ClusterFailure('unsupported', `the records of ${topic} have the format of a Kafka before 0.11`);
  if (compression === uncompressedWay) return packed;
  if (compression === gzip) return (await import('node:zlib')).gunzipSync(packed);
  const way = ways[compression] ?? `way ${compression}`;
  throw new ClusterFailure('unsupported', `the records of ${topic} are compressed in a way that is not known here: ${way}`);
}

export async function appendRecords(
  session: Session,
  topic: string,
  records: ReadonlyMap<string, string | null>,
  hold?: TransactionalHold,
): Promise<void> {
  if (records.size === 0) return;
  if ((await session.leader(topic, partition)) === undefined) throw new ClusterFailure('unsupported', `there is no topic ${topic}`);
  const write = async () => {
    for (const messages of chunks(records)) {
      const firstSequence = hold?.sequences.get(topic) ?? 0;
      const batch = recordBatch(messages, Date.now(), hold === undefined ? undefined : { ...hold.producer, firstSequence });
      const body = { topic, partition, transactionalId: hold?.transactionalId ?? null, timeoutMs: session.requestTimeoutMs, batch };
      const answer = await atLeader(session, topic, produce, body, hold === undefined ? [] : fencedCodes);
      if (answer === undefined) throw new ClusterFailure('unsupported', `there is no topic ${topic}`);
      if (hold !== undefined && answer.code !== 0) throw new Fenced(hold.transactionalId);
      hold?.sequences.set(topic, firstSequence + messages.length);
    }
  };
  await (hold === undefined ? write() : inTransaction(session, hold, topic, write));
}

function chunks(records: ReadonlyMap<string, string | null>): readonly (readonly KeyedRecord[])[] {
  const all: KeyedRecord[][] = [];
  let room = 0;
  for (const [key, value] of records) {
    const bytes = Buffer.byteLength(key) + Buffer.byteLength(value ?? '') + 32;
    const last = all.at(-1);
    if (last === undefined || bytes > room) {
      all.push([{ key, value }]);
      room = mostBytesWritten - bytes;
    } else {
      last.push({ key, value });
      room -= bytes;
    }
  }
  return all;
}

/** Asks the leader of the topic's partition, again after a passing error. Undefined when there is no such topic. */
async function atLeader<Body, Reply extends { readonly code: number }>(
  session: Session,
  topic: string,
  protocol: Protocol<Body, Reply>,
  body: Body,
  /** Codes that the caller can make something of. */
  telling: readonly number[] = [],
): Promise<Reply | undefined> {
  const patience = session.patience();
  for (;;) {
    const node = await session.leader(topic, partition);
    if (node === undefined) return undefined;
    let failure: ClusterFailure;
    try {
      const reply = await session.send(protocol, body, { node });
      const { code } = reply;
      if (code === 0 || telling.includes(code)) return reply;
      if (code === unknownTopic) return undefined;
      failure = readFailure(`${protocol.name} of ${topic}`, { code, message: refusal({ code, message: null }).message });
      if (!isPassing(code)) throw failure;
    } catch (caught) {
      if (!(caught instanceof Unanswered)) throw caught;
      failure = new ClusterFailure(caught.reason, caught.message);
      // A record that was sent and not answered is not sent again: it might be there twice, in the wrong order.
      if (protocol.name === produce.name) throw failure;
    }
    session.forgetLeaders();
    if (!(await patience.again())) throw failure;
  }
}
