import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { ScramMechanism } from '../../model';
import type { NewScramCredential, Outcome, Outcomes, ScramCredential } from '../admin';
import { settle } from '../batch';
import { alterScram, describeScram } from '../protocol/scram';
import type { Session } from '../session';

const derive = promisify(pbkdf2);
const digests: Readonly<Record<ScramMechanism, readonly [name: string, bytes: number]>> = {
  'SCRAM-SHA-256': ['sha256', 32],
  'SCRAM-SHA-512': ['sha512', 64],
};
const saltBytes = 32;

type Credential = { readonly user: string; readonly mechanism: ScramMechanism };

export async function readUsers(session: Session): Promise<ReadonlyMap<string, readonly ScramCredential[]>> {
  const { users } = await session.readAll(describeScram, undefined);
  return new Map(users.filter(({ code }) => code === 0).map(({ user, credentials }) => [user, credentials]));
}

export async function upsertUsers(session: Session, users: readonly NewScramCredential[]): Promise<Outcomes> {
  const salted = await Promise.all(
    users.map(async ({ user, mechanism, iterations, password }) => {
      const salt = randomBytes(saltBytes);
      const [digest, length] = digests[mechanism];
      // Kafka's own tools and brokers prepare a password no further than this.
      const saltedPassword = await derive(password.normalize('NFKC'), salt, iterations, length, digest);
      return { user, mechanism, iterations, salt, saltedPassword };
    }),
  );
  return eachUserOnce(salted, (wave) =>
    settle(session, wave, {
      repeatable: true,
      send: async (batch, timeoutMs) =>
        byUser(batch, await session.send(alterScram, { deletions: [], upsertions: [...batch.values()] }, { timeoutMs })),
    }),
  );
}

export function removeUsers(session: Session, users: readonly Credential[]): Promise<Outcomes> {
  return eachUserOnce(users, (wave) =>
    settle(session, wave, {
      send: async (batch, timeoutMs) =>
        byUser(batch, await session.send(alterScram, { deletions: [...batch.values()], upsertions: [] }, { timeoutMs })),
    }),
  );
}

/** Kafka refuses a request that names a user twice, so a user's second mechanism goes into a second one. */
async function eachUserOnce<T extends Credential>(
  users: readonly T[],
  change: (wave: ReadonlyMap<string, T>) => Promise<Outcomes>,
): Promise<Outcomes> {
  const waves: Map<string, T>[] = [];
  const times = new Map<string, number>();
  for (const [key, each] of byKey(users)) {
    const time = times.get(each.user) ?? 0;
    times.set(each.user, time + 1);
    const wave = waves[time] ?? new Map<string, T>();
    waves[time] = wave.set(key, each);
  }
  const outcomes = new Map<string, Outcome>();
  for (const wave of waves) for (const [key, outcome] of await change(wave)) outcomes.set(key, outcome);
  return outcomes;
}

function byKey<T extends Credential>(users: readonly T[]): ReadonlyMap<string, T> {
  return new Map(users.map((each) => [`${each.user}/${each.mechanism}`, each]));
}

/** The answer of a user goes for each of its mechanisms. */
function byUser<Answer extends { readonly user: string }>(batch: ReadonlyMap<string, Credential>, answers: readonly Answer[]) {
  const found = new Map(answers.map((answer) => [answer.user, answer]));
  return new Map(
    [...batch].flatMap(([key, { user }]) => {
      const answer = found.get(user);
      return answer === undefined ? [] : [[key, answer] as const];
    }),
  );
}
