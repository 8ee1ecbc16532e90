import { ClusterFailure } from '../admin';
import { isPassing, refusal } from '../error-codes';
import { readFailure, Unanswered } from '../failure';
import type { Protocol } from '../protocol/wire';
import type { Session } from '../session';

/** The one partition of a log of notes. */
export const partition = 0;
const unknownTopic = 3;

export interface Asking {
  /** Codes that the caller can make something of. @default none */
  readonly telling?: readonly number[];
  /** Whether a request that was sent and not answered may be sent again. @default true */
  readonly repeatable?: boolean;
}

/** Asks the leader of the topic's partition, again after a passing error. Undefined when there is no such topic. */
export async function atLeader<Body, Reply extends { readonly code: number }>(
  session: Session,
  topic: string,
  protocol: Protocol<Body, Reply>,
  body: Body,
  { telling = [], repeatable = true }: Asking = {},
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
      if (!repeatable) throw failure;
    }
    session.forgetLeaders();
    if (!(await patience.again())) throw failure;
  }
}
