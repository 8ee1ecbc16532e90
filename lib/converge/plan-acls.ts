import { type AclEntry, aclKey } from '../model';
import { aclConflicts } from './acl-conflicts';
import { type Desired, sorted } from './desired';
import type { Findings, Note } from './findings';
import { aclDigest } from './fingerprint';
import { type Live, ownedAcls } from './live';
import { recordReach } from './record-guard';
import { redundancyNotes } from './redundant-acls';
import type { Step } from './step';
import { undoAcls } from './undo';

/** The principals whose ACLs a plan looks at: those that were declared, and those of whom something is owned. */
export function relevantPrincipals(desired: Desired, live: Live): readonly string[] {
  const principals = new Set(desired.acls.map(({ principal }) => principal));
  const owned = ownedAcls(live.acls ?? new Map(), live.ownership.acls);
  for (const key of owned) {
    const entry = live.acls?.get(key);
    if (entry !== undefined) principals.add(entry.principal);
  }
  return [...principals].sort();
}

/** ACLs to make and to remove, together for each principal. What was there before and is not owned stays. */
export function planAcls(desired: Desired, live: Live): Findings {
  if (desired.authorization === 'none') return withoutAuthorization(desired, live);
  if (live.acls === undefined) {
    const reason = 'the environment says authorization: acl, and the brokers run no authorizer';
    return { steps: [refusal(reason, 'start the brokers with the configuration of the environment')], notes: [] };
  }
  const there = live.acls;
  const wanted = new Map(desired.acls.map((entry) => [aclKey(entry), entry]));
  const missing = [...wanted].filter(([key]) => !there.has(key)).map(([, entry]) => entry);
  const owned = ownedAcls(there, live.ownership.acls);
  const surplus = [...owned]
    .filter((key) => !wanted.has(key))
    .sort()
    .flatMap((key) => there.get(key) ?? []);
  const removed = new Set(surplus);
  const staying = [...there.values()].filter((entry) => !removed.has(entry));
  return {
    steps: [
      ...grouped(missing).map(([principal, entries]) => creation(principal, entries)),
      ...grouped(surplus).map(([principal, entries]) => removal(principal, entries)),
    ],
    notes: [
      ...foreign(desired, live, owned, wanted),
      ...aclConflicts(desired.acls, staying),
      ...redundancyNotes(desired.acls),
      ...recordReach([...staying, ...missing], new Set(wanted.keys()), aclKey),
    ],
    outdated: { acls: gone(live, wanted) },
  };
}

function withoutAuthorization(desired: Desired, live: Live): Findings {
  const count = desired.unenforced.acls;
  const notes =
    count === 0
      ? []
      : [{ code: 'acls-not-enforced', message: `${count} ACLs are kept as intent: the environment says authorization: none` }];
  if (live.acls === undefined) return { steps: [], notes };
  const reason = 'the environment says authorization: none, and the brokers run an authorizer';
  return { steps: [refusal(reason, 'say authorization: acl, or start the brokers with the configuration of the environment')], notes };
}

function refusal(reason: string, remedy: string): Step {
  return { kind: 'refuse', id: 'refuse acls', class: 'no-op', affects: [], undo: [], subject: 'acls', reason, remedy };
}

function grouped(entries: readonly AclEntry[]): readonly (readonly [string, readonly AclEntry[]])[] {
  const byPrincipal = new Map<string, AclEntry[]>();
  for (const entry of entries) {
    const group = byPrincipal.get(entry.principal);
    if (group === undefined) byPrincipal.set(entry.principal, [entry]);
    else group.push(entry);
  }
  return sorted(byPrincipal, ([principal]) => principal);
}

function creation(principal: string, entries: readonly AclEntry[]): Step {
  const denies = entries.some(({ permission }) => permission === 'DENY');
  const affects = denies ? [`${principal} is refused what it may do now`] : [];
  return {
    kind: 'create-acls',
    id: `create-acls ${principal}`,
    class: 'online',
    affects,
    undo: undoAcls(entries, 'remove'),
    principal,
    entries,
  };
}

function removal(principal: string, entries: readonly AclEntry[]): Step {
  const allows = entries.some(({ permission }) => permission === 'ALLOW');
  const affects = allows ? [`${principal} is refused from then on`] : [`${principal} may do what it was refused`];
  return {
    kind: 'delete-acls',
    id: `delete-acls ${principal}`,
    class: 'online',
    affects,
    undo: undoAcls(entries, 'add'),
    principal,
    entries,
  };
}

/** Grants of declared accounts that somebody else made. */
function foreign(desired: Desired, live: Live, owned: ReadonlySet<string>, wanted: ReadonlyMap<string, AclEntry>): readonly Note[] {
  const declared = new Set(desired.accounts);
  const strangers = [...(live.acls ?? [])].filter(([key, { principal }]) => declared.has(principal) && !wanted.has(key) && !owned.has(key));
  return grouped(strangers.map(([, entry]) => entry)).map(([principal, entries]) => ({
    code: 'foreign-acls',
    message: `${principal} has grants that are not declared and not owned, ${entries.length} in all, and they stay; to have them removed: kafkon acls <environment> adopt ${principal}`,
    ...(desired.aclPolicy === 'exact' ? { drift: true } : {}),
  }));
}

/** Owned ACLs that are neither there nor wanted. */
function gone(live: Live, wanted: ReadonlyMap<string, AclEntry>): readonly string[] {
  if (live.ownership.acls.size === 0) return [];
  const known = new Set([...(live.acls?.values() ?? []), ...wanted.values()].map(aclDigest));
  return [...live.ownership.acls].filter((acl) => !known.has(acl)).sort();
}
