import { ClusterFailure } from '../admin';
import { isPassing, refusal } from '../error-codes';
import { readFailure, Unanswered } from '../failure';
import { addPartitionsToTxn, endTxn, initProducerId, type Producer } from '../protocol/transactions';
import type { Protocol } from '../protocol/wire';
import { Fenced, type Hold } from '../record-log';
import { Patience, type Session } from '../session';
import type { Asking } from './at-leader';

/** How long a transaction may stay open after its holder died, in milliseconds. */
const transactionTimeoutMs = 60_000;

/** INVALID_PRODUCER_EPOCH, INVALID_PRODUCER_ID_MAPPING and PRODUCER_FENCED: three ways to say that another has come. */
export const fencedCodes: readonly number[] = [47, 49, 90];
const unknownTopic = 3;
/**
 * INVALID_TXN_STATE and CONCURRENT_TRANSACTIONS: there is no transaction to end, or the last one is just being ended. The coordinator
 * looks at the epoch first, so that neither is said to one that is fenced.
 */
const nothingToEnd: readonly number[] = [48, 51];

function isFenced(code: number): boolean {
  return fencedCodes.includes(code);
}

/** A hold that knows what it needs to write: its producer, and how many records it has written to each topic. */
export interface TransactionalHold extends Hold {
  readonly producer: Producer;
  /** The sequence number of its next record in a topic. */
  readonly sequences: Map<string, number>;
}

export async function takeLock(session: Session, transactionalId: string): Promise<TransactionalHold> {
  const { producerId, epoch, code } = await askCoordinator(session, transactionalId, initProducerId, {
    transactionalId,
    timeoutMs: transactionTimeoutMs,
  });
  if (code !== 0) throw readFailure(`taking ${transactionalId}`, { code, message: null });
  const producer = { transactionalId, producerId, epoch };
  return { transactionalId, producer, sequences: new Map(), holds: () => stillHolds(session, producer) };
}

async function stillHolds(session: Session, producer: Producer): Promise<boolean> {
  const { code } = await askCoordinator(session, producer.transactionalId, endTxn, { producer, commit: false }, { telling: nothingToEnd });
  if (isFenced(code)) return false;
  if (code === 0 || nothingToEnd.includes(code)) return true;
  throw readFailure(`proving ${producer.transactionalId}`, { code, message: null });
}

/** Runs `write` in a transaction: with its success all of it shows, else none. */
export async function inTransaction(
  session: Session,
  { producer }: TransactionalHold,
  topic: string,
  write: () => Promise<void>,
): Promise<void> {
  const ask = async <Body>(protocol: Protocol<Body, { readonly code: number }>, body: Body, asking?: CoordinatorAsking) => {
    const { code } = await askCoordinator(session, producer.transactionalId, protocol, body, asking);
    if (isFenced(code)) throw new Fenced(producer.transactionalId);
    if (code !== 0) throw readFailure(`${protocol.name} of ${producer.transactionalId}`, { code, message: null });
  };
  // The coordinator may hear of a new topic later than the broker that was asked for its leader.
  await ask(joinedCode, { producer, topic, partition: 0 }, { alsoPassing: [unknownTopic] });
  try {
    await write();
  } catch (caught) {
    await ask(endTxn, { producer, commit: false }).catch(() => undefined);
    throw caught;
  }
  await ask(endTxn, { producer, commit: true });
}

/** AddPartitionsToTxn for one partition has one code. */
const joinedCode: Protocol<Parameters<typeof addPartitionsToTxn.write>[1], { readonly code: number }> = {
  ...addPartitionsToTxn,
  read: (reader) => ({ code: addPartitionsToTxn.read(reader).topics[0]?.[1][0]?.[1] ?? -1 }),
};

interface CoordinatorAsking extends Pick<Asking, 'telling'> {
  /** Codes that pass, beside those that always do. @default none */
  readonly alsoPassing?: readonly number[];
}

/** Asks the coordinator of a transactional id, again while it is loading, has moved, or is ending the last transaction. */
async function askCoordinator<Body, Reply extends { readonly code: number }>(
  session: Session,
  transactionalId: string,
  protocol: Protocol<Body, Reply>,
  body: Body,
  { alsoPassing = [], telling = [] }: CoordinatorAsking = {},
): Promise<Reply> {
  // Behind a great many new topics, a broker comes late to a coordinator's first topic.
  const patience = new Patience(2 * session.requestTimeoutMs);
  for (;;) {
    const node = await session.coordinator('transaction', transactionalId);
    try {
      const reply = await session.send(protocol, body, { node });
      const passing = isPassing(reply.code) || alsoPassing.includes(reply.code);
      if (!passing || telling.includes(reply.code)) return reply;
      session.forgetCoordinators();
      if (!(await patience.again()))
        throw new ClusterFailure('timed-out', `${protocol.name} of ${transactionalId}: ${refusal({ ...reply, message: null }).message}`);
    } catch (caught) {
      if (!(caught instanceof Unanswered)) throw caught;
      session.forgetCoordinators();
      if (!(await patience.again())) throw new ClusterFailure(caught.reason, caught.message);
    }
  }
}
