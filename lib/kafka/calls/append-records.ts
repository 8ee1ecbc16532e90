import { ClusterFailure } from '../admin';
import { produce } from '../protocol/produce';
import { type KeyedRecord, recordBatch } from '../protocol/record-batch';
import { Fenced } from '../record-log';
import type { Session } from '../session';
import { atLeader, partition } from './at-leader';
import { fencedCodes, inTransaction, type TransactionalHold } from './transaction';

/** A batch stays well below the million bytes that a topic takes by default. */
const mostBytesWritten = 500_000;

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
      // What was sent and not answered is not sent again: it might be there twice, in the wrong order.
      const asking = { telling: hold === undefined ? [] : fencedCodes, repeatable: false };
      const answer = await atLeader(session, topic, produce, body, asking);
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
