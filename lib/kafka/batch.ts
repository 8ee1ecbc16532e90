import { setTimeout as pause } from 'node:timers/promises';
import { ClusterFailure, type Outcome } from './admin';
import { isPassing, notController, outcomeOf } from './error-codes';
import { Unanswered } from './failure';
import type { Answer } from './protocol/answer';
import type { Session } from './session';

/** The most records that a KRaft controller writes for one request; with more, all of them are refused. */
const mostPerRequest = 10_000;

/** Cuts a list into runs that weigh at most `most` each; an item that weighs more is a run by itself. */
export function batches<T>(items: readonly T[], weight: (item: T) => number, most: number): T[][] {
  const runs: T[][] = [];
  let room = 0;
  for (const item of items) {
    const needed = weight(item);
    const last = runs.at(-1);
    if (last === undefined || needed > room) {
      runs.push([item]);
      room = most - needed;
    } else {
      last.push(item);
      room -= needed;
    }
  }
  return runs;
}

export interface Sending<Item> {
  /** How much of `most` an item takes. @default 1 */
  readonly weight?: (item: Item) => number;
  /** How much one request may hold. @default 10_000 - the most records that a KRaft controller writes for one request */
  readonly most?: number;
  /** Sends some items in one request and answers for each, by its key. */
  readonly send: (batch: ReadonlyMap<string, Item>, timeoutMs: number) => Promise<ReadonlyMap<string, Answer>>;
  /** How long one item may take a slow cluster, in milliseconds. @default 10 */
  readonly itemMs?: number;
  /** Whether sending an item a second time does no harm and answers the same. Then a lost answer is no reason to stop. @default false */
  readonly repeatable?: boolean;
}

/**
 * Sends items in as few requests as they may take and answers for each. What fails for a passing reason is sent again, until the
 * deadline; what was sent and not answered is `timed-out`, unless it may be repeated.
 *
 * @throws ClusterFailure when no broker could be asked at all; what the session's guard throws, asked before each request
 */
export async function settle<Item>(
  session: Session,
  items: ReadonlyMap<string, Item>,
  { weight = () => 1, most = mostPerRequest, send, itemMs = 10, repeatable = false }: Sending<Item>,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const run of batches([...items], ([, item]) => weight(item), most)) {
    const timeoutMs = session.requestTimeoutMs + itemMs * run.reduce((sum, [, item]) => sum + weight(item), 0);
    const patience = session.patience();
    let left: ReadonlyMap<string, Item> = new Map(run);
    while (left.size > 0) {
      await session.guard?.();
      const answers = await attempt(left, timeoutMs);
      const again = new Map<string, Item>();
      for (const [key, item] of left) {
        const answer = answers.get(key) ?? { code: -1, message: 'the broker did not answer for it' };
        outcomes.set(key, outcomeOf(answer));
        if (isPassing(answer.code) || (repeatable && answer.code === lost)) again.set(key, item);
      }
      if (again.size === 0 || !(await patience.again())) break;
      if ([...answers.values()].some(({ code }) => code === notController)) await session.turnToController();
      left = again;
    }
  }
  return new Map([...items.keys()].map((key) => [key, outcomes.get(key) ?? outcomeOf({ code: -1, message: null })]));

  async function attempt(batch: ReadonlyMap<string, Item>, timeoutMs: number): Promise<ReadonlyMap<string, Answer>> {
    try {
      return await send(batch, timeoutMs);
    } catch (caught) {
      // Once something was sent, what became of it must be told, even when nobody can be asked any more.
      const sentBefore = caught instanceof ClusterFailure && outcomes.size > 0;
      if (!(caught instanceof Unanswered) && !sentBefore) throw caught;
      const doubt = caught instanceof Unanswered ? 'it may have been done' : 'this was not sent';
      return new Map([...batch.keys()].map((key) => [key, { code: lost, message: `${caught.message}; ${doubt}` }]));
    }
  }
}

/** REQUEST_TIMED_OUT: also what we say when the answer was lost. */
const lost = 7;

/** Reads until a condition holds or the time is up, and says which. */
export async function until(milliseconds: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() > deadline) return false;
    await pause(200);
  }
}
