import { type AclEntry, aclKey } from '../../model';
import type { Outcomes } from '../admin';
import { settle, until } from '../batch';
import { done } from '../error-codes';
import { createAcls, deleteAcls, describeAcls } from '../protocol/acls';
import type { Answer } from '../protocol/answer';
import type { Session } from '../session';

/** With ZooKeeper each resource takes a few writes there; 5,000 took 34 s on a busy machine. */
const entryMs = 30;

/**
 * With KRaft a broker looks for the answer to each ACL in the list of all that the request makes, so that twice as many take up to four
 * times as long. A request by itself takes some 30 ms; about here the two are the same.
 */
const aclsPerRequest = 2_500;

export async function readAcls(session: Session): Promise<readonly AclEntry[]> {
  return (await session.readAll(describeAcls, {})).entries;
}

export async function addAcls(session: Session, entries: readonly AclEntry[]): Promise<Outcomes> {
  const wrong = (entry: AclEntry) => !/^\w+:./.test(entry.principal);
  const sound = byKey(entries.filter((entry) => !wrong(entry)));
  const outcomes = await settle(session, sound, {
    most: aclsPerRequest,
    itemMs: entryMs,
    repeatable: true,
    send: async (batch, timeoutMs) => inOrder(batch, await session.send(createAcls, [...batch.values()], { timeoutMs })),
  });
  const known = await seen(session, outcomes, (live, key) => live.has(key));
  // With ZooKeeper one such principal makes the broker refuse the whole request, without a reason.
  const refused = (entry: AclEntry) => ({ done: false, reason: 'invalid', message: `"${entry.principal}" is no principal` }) as const;
  return new Map([...byKey(entries)].map(([key, entry]) => [key, known.get(key) ?? refused(entry)]));
}

export async function removeAcls(session: Session, entries: readonly AclEntry[]): Promise<Outcomes> {
  let lost = false;
  const outcomes = await settle(session, byKey(entries), {
    most: aclsPerRequest,
    itemMs: entryMs,
    repeatable: true,
    send: async (batch, timeoutMs) => {
      const again = lost;
      lost = true;
      const answers = await session.send(deleteAcls, [...batch.values()], { timeoutMs });
      lost = false;
      return inOrder(
        batch,
        answers.map(({ code, message, matched }) => {
          if (code !== 0) return { code, message };
          // After a lost answer the first try may have removed it.
          return matched.find((each) => each.code !== 0) ?? (matched.length === 0 && !again ? absent : { code: 0, message: null });
        }),
      );
    },
  });
  return seen(session, outcomes, (live, key) => !live.has(key));
}

const absent: Answer = { code: 91, message: 'there is no such ACL' };

/** What was not answered in time may be done all the same: looks. */
async function seen(session: Session, outcomes: Outcomes, holds: (live: ReadonlySet<string>, key: string) => boolean): Promise<Outcomes> {
  const doubtful = [...outcomes].filter(([, outcome]) => !outcome.done && outcome.reason === 'timed-out').map(([key]) => key);
  if (doubtful.length === 0) return outcomes;
  let live: ReadonlySet<string> = new Set();
  await until(session.requestTimeoutMs + entryMs * doubtful.length, async () => {
    live = new Set((await readAcls(session)).map(aclKey));
    return doubtful.every((key) => holds(live, key));
  }).catch(() => false);
  return new Map(
    [...outcomes].map(([key, outcome]) => [key, doubtful.includes(key) && live.size > 0 && holds(live, key) ? done : outcome]),
  );
}

function byKey(entries: readonly AclEntry[]): ReadonlyMap<string, AclEntry> {
  return new Map(entries.map((entry) => [aclKey(entry), entry]));
}

function inOrder(batch: ReadonlyMap<string, unknown>, answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  return new Map([...batch.keys()].map((key, index) => [key, answers[index] ?? { code: -1, message: null }]));
}
