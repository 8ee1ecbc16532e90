import { ClusterFailure } from '../admin';
import { isPassing, refusal } from '../error-codes';
import { readFailure, Unanswered } from '../failure';
import type { Link } from '../link';
import { Fenced } from '../record-log';
import { Patience, type Session } from '../session';
import { inTransaction, isFenced, type TransactionalHold } from './transaction';

/** How long a commit may take to show, in milliseconds. */
const commitMs = 5_000;
const partition = 0;
const readCommitted = 1;
const earliest = -2;
const offsetOutOfRange = 1;
const unknownTopic = 3;
const mostBytesRead = 10 * 1024 * 1024;
/** A batch stays well below the million bytes that a topic takes by default. */
const mostBytesWritten = 500_000;

/** What kafkajs throws for an error code in an answer. */
type ProtocolError = Error & { readonly code?: number };

export async function readRecords(session: Session, topic: string): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>();
  const { default: Batch } = await import('kafkajs/src/consumer/batch.js');
  const patience = new Patience(commitMs);
  let offset = 0n;
  for (;;) {
    const fetched = await fetchFrom(session, topic, offset);
    if (fetched === undefined) return undefined;
    if (fetched === 'gone') {
      offset = await firstOffset(session, topic);
      continue;
    }
    for (const { key, value } of new Batch(topic, String(offset), fetched).messages) {
      if (key === null) continue;
      if (value === null) values.delete(key.toString());
      else values.set(key.toString(), value.toString());
    }
    const last = fetched.messages.at(-1)?.batchContext;
    // Compaction may have taken the last records of a batch, never the batch's own end.
    if (last !== undefined) offset = BigInt(last.firstOffset) + BigInt(last.lastOffsetDelta) + 1n;
    if (last !== undefined && offset < BigInt(fetched.lastStableOffset)) continue;
    // A transaction that was just committed shows a moment later; one whose holder died is not waited for to the end.
    const open = BigInt(fetched.highWatermark) > BigInt(fetched.lastStableOffset);
    if (!open || !(await patience.again())) return values;
  }
}

async function fetchFrom(session: Session, topic: string, offset: bigint) {
  const answer = await atLeader(session, topic, 'Fetch', (link) =>
    link.broker
      .fetch({
        replicaId: -1,
        isolationLevel: readCommitted,
        maxWaitTime: 100,
        minBytes: 0,
        maxBytes: mostBytesRead,
        topics: [{ topic, partitions: [{ partition, fetchOffset: String(offset), maxBytes: mostBytesRead }] }],
      })
      .catch((error: ProtocolError) => {
        if (error.code === offsetOutOfRange) return 'gone' as const;
        if (error.name !== 'KafkaJSNotImplemented') throw error;
        throw new ClusterFailure('unsupported', `the records of ${topic} are compressed in a way that is not known here: ${error.message}`);
      }),
  );
  return answer === undefined || answer === 'gone' ? answer : answer.responses[0]?.partitions[0];
}

async function firstOffset(session: Session, topic: string): Promise<bigint> {
  const topics = [{ topic, partitions: [{ partition, timestamp: earliest }] }];
  const answer = await atLeader(session, topic, 'ListOffsets', ({ broker }) =>
    broker.listOffsets({ replicaId: -1, isolationLevel: readCommitted, topics }),
  );
  return BigInt(answer?.responses[0]?.partitions[0]?.offset ?? '0');
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
      const producer =
        hold === undefined
          ? {}
          : { transactionalId: hold.transactionalId, producerId: String(hold.producer.producerId), producerEpoch: hold.producer.epoch };
      const answer = await atLeader(session, topic, 'Produce', ({ broker }) =>
        broker.produce({
          ...producer,
          timeout: session.requestTimeoutMs,
          topicData: [{ topic, partitions: [{ partition, firstSequence, messages }] }],
        }),
      ).catch((error: ProtocolError) => {
        if (hold !== undefined && isFenced(error.code ?? 0)) throw new Fenced(hold.transactionalId);
        throw error;
      });
      if (answer === undefined) throw new ClusterFailure('unsupported', `there is no topic ${topic}`);
      hold?.sequences.set(topic, firstSequence + messages.length);
    }
  };
  await (hold === undefined ? write() : inTransaction(session, hold, topic, write));
}

interface Message {
  readonly key: string;
  readonly value: string | null;
}

function chunks(records: ReadonlyMap<string, string | null>): readonly (readonly Message[])[] {
  const all: Message[][] = [];
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
async function atLeader<Reply>(
  session: Session,
  topic: string,
  name: string,
  ask: (link: Link) => Promise<Reply>,
): Promise<Reply | undefined> {
  const patience = session.patience();
  for (;;) {
    const leader = await session.leader(topic, partition);
    if (leader === undefined) return undefined;
    const link = await session.node(leader);
    let failure: ClusterFailure;
    try {
      return await link.answered(name, () => ask(link));
    } catch (caught) {
      const { code } = caught as ProtocolError;
      if (caught instanceof Unanswered) failure = new ClusterFailure(caught.reason, caught.message);
      else if (code === undefined || isFenced(code)) throw caught;
      else if (code === unknownTopic) return undefined;
      else failure = readFailure(`${name} of ${topic}`, { code, message: refusal({ code, message: null }).message });
      if (!(caught instanceof Unanswered) && !isPassing(code ?? 0)) throw failure;
      // A record that was sent and not answered is not sent again: it might be there twice, in the wrong order.
      if (caught instanceof Unanswered && name === 'Produce') throw failure;
    }
    session.forgetLeaders();
    if (!(await patience.again())) throw failure;
  }
}
