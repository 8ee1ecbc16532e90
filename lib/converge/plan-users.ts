import { type Desired, type DesiredUser, userKey } from './desired';
import type { Findings, Note } from './findings';
import type { Live } from './live';
import type { Step, UpsertUser } from './step';
import { undoUser } from './undo';

/** How often a password is hashed; a live credential with another number was set by somebody else. */
export const scramIterations = 8192;

const dayMs = 86_400_000;

/** Credentials to set, replace and remove. */
export function planUsers(desired: Desired, live: Live): Findings {
  const { unenforced, users } = desired;
  if (unenforced.users > 0) {
    const message = `${unenforced.users} accounts with passwords are kept as intent: no listener asks for a password`;
    return { steps: [], notes: [{ code: 'users-not-enforced', message }] };
  }
  const wanted = new Set(users.map(userKey));
  const undeclared = [...live.ownership.users.keys()].filter((key) => !wanted.has(key)).sort();
  return {
    steps: [...users.flatMap((user) => stepOf(user, live)), ...undeclared.flatMap((key) => removal(key, live))],
    notes: users.flatMap((user) => notesOf(user, live)),
    outdated: { users: undeclared.filter((key) => credentialOf(live, parts(key)) === undefined) },
  };
}

function parts(key: string): Pick<DesiredUser, 'user' | 'mechanism'> {
  const slash = key.lastIndexOf('/');
  return { user: key.slice(0, slash), mechanism: key.slice(slash + 1) as DesiredUser['mechanism'] };
}

function credentialOf(live: Live, { user, mechanism }: Pick<DesiredUser, 'user' | 'mechanism'>) {
  return live.users.get(user)?.find((credential) => credential.mechanism === mechanism);
}

function stepOf(user: DesiredUser, live: Live): readonly Step[] {
  const key = userKey(user);
  const there = credentialOf(live, user);
  const password = live.passwords.get(key) ?? 'unknown';
  if (there !== undefined && !live.ownership.users.has(key)) {
    return [
      refusal(
        user,
        `the user ${user.user} exists and is not owned, and its password can't be compared`,
        `kafkon users <environment> adopt ${user.user}`,
      ),
    ];
  }
  const reason = reasonOf(there?.iterations, password);
  if (reason === undefined) return [];
  if (password === 'unknown') {
    return [refusal(user, `the secret ${user.secret} has no value here`, 'give --secrets-dir, or the environment variable of the secret')];
  }
  const affects =
    reason === 'missing' ? [] : [`clients that know only the old password of ${user.user} are refused when they connect anew`];
  const { user: name, mechanism, secret } = user;
  const undo = reason === 'missing' ? undoUser(user) : [];
  return [{ kind: 'upsert-user', id: `upsert-user ${key}`, class: 'online', affects, undo, user: name, mechanism, secret, reason }];
}

/** Why a password has to be set; undefined where it needn't, or can't be known to need it. */
function reasonOf(iterations: number | undefined, password: string): UpsertUser['reason'] | undefined {
  if (iterations === undefined) return 'missing';
  if (password === 'unknown') return undefined;
  if (password === 'never-set') return 'not-certain';
  if (password === 'changed') return 'secret-changed';
  return iterations === scramIterations ? undefined : 'changed-by-others';
}

function refusal(user: DesiredUser, reason: string, remedy: string): Step {
  const subject = `user ${userKey(user)}`;
  return { kind: 'refuse', id: `refuse ${subject}`, class: 'no-op', affects: [], undo: [], subject, reason, remedy };
}

function removal(key: string, live: Live): readonly Step[] {
  const user = parts(key);
  if (credentialOf(live, user) === undefined) return [];
  const affects = [`clients that log in as ${user.user} are refused when they connect anew`];
  return [
    {
      kind: 'delete-user',
      id: `delete-user ${key}`,
      class: 'online',
      affects,
      undo: ['declare the account again, then kafkon apply <environment>'],
      ...user,
    },
  ];
}

function notesOf(user: DesiredUser, live: Live): readonly Note[] {
  const key = userKey(user);
  const since = live.ownership.users.get(key)?.since;
  const owned = live.ownership.users.has(key) && credentialOf(live, user) !== undefined;
  const notes: Note[] = [];
  if (owned && live.passwords.get(key) === 'unknown')
    notes.push({
      code: 'password-not-compared',
      message: `the password of ${user.user} was not compared: the secret ${user.secret} has no value here`,
    });
  if (user.rotationDays !== undefined && since !== undefined) {
    const days = Math.floor((Date.parse(live.at) - Date.parse(since)) / dayMs);
    if (days > user.rotationDays)
      notes.push({
        code: 'password-old',
        message: `the password of ${user.user} is ${days} days old and may be ${user.rotationDays}; change the secret ${user.secret}`,
      });
  }
  return notes;
}
