import { quotaKey } from '../kafka';
import { aclKey } from '../model';
import { userKey } from './desired';
import { aclDigest } from './fingerprint';
import { isDoubtful, type StepOutcome } from './outcome';
import type { Applied, OwnedUser, Ownership } from './ownership';
import type { Plan } from './plan';
import type { Step } from './step';

/**
 * The record before the steps are done: everything that they will make is claimed, so that a run that breaks off in between leaves
 * nothing behind that the next one takes for a stranger's.
 */
export function claimed(ownership: Ownership, { environment }: Plan, steps: readonly Step[]): Ownership {
  const next = mutable(ownership);
  for (const step of steps) {
    if (step.kind === 'create-topic') addSettings(next, step.topic, Object.keys(step.config));
    else if (step.kind === 'set-config') addSettings(next, step.topic, Object.keys(step.set));
    else if (step.kind === 'change-replication') next.moving.add(step.topic);
    else if (step.kind === 'upsert-user') next.users.set(userKey(step), {});
    else if (step.kind === 'create-acls') for (const entry of step.entries) next.acls.add(aclDigest(entry));
    else if (step.kind === 'register-schema') next.schemas.add(step.subject);
    else if (step.kind === 'put-connector') next.connectors.add(step.connector);
    else if (step.kind === 'set-quota') {
      const subject = quotaKey(step.quota);
      next.quotas.set(subject, [...new Set([...(next.quotas.get(subject) ?? []), ...step.owned])].sort());
    }
  }
  return { ...ownership, ...next, environment };
}

/** What a run knows at its end. */
export interface Ending {
  readonly outcomes: readonly StepOutcome[];
  /** By `aclKey`: ACLs that certainly were not made, or not removed. */
  readonly failedAcls: ReadonlySet<string>;
  /** Passwords that were set, by `userKey`. */
  readonly passwords: ReadonlyMap<string, OwnedUser>;
  /** Throttles that were taken away. */
  readonly freed: ReadonlySet<string>;
  readonly applied: Applied;
}

/** The record after the steps: claims of what certainly was not made are given back, what is gone is forgotten. */
export function settled(claims: Ownership, before: Ownership, steps: readonly Step[], ending: Ending): Ownership {
  const next = mutable(claims);
  const outcomes = new Map(ending.outcomes.map((outcome) => [outcome.id, outcome]));
  for (const step of steps) {
    const outcome = outcomes.get(step.id);
    const status = outcome?.status === 'done' ? 'done' : isDoubtful(outcome?.reason) ? 'doubtful' : 'not-done';
    settleStep(next, before, step, status, ending);
  }
  const throttles = new Set([...claims.throttles].filter((subject) => !ending.freed.has(subject)));
  return { ...claims, ...next, throttles, applied: ending.applied };
}

type Status = 'done' | 'doubtful' | 'not-done';

function settleStep(next: Mutable, before: Ownership, step: Step, status: Status, ending: Ending): void {
  switch (step.kind) {
    case 'create-topic':
      if (status === 'done') next.topics.set(step.topic, Object.keys(step.config).sort());
      else if (status === 'not-done') restore(next.topics, before.topics, step.topic);
      return;
    case 'set-config':
      if (status === 'done') next.topics.set(step.topic, step.owned);
      return;
    case 'change-replication':
      if (status === 'done') next.moving.delete(step.topic);
      else if (status === 'not-done' && !before.moving.has(step.topic)) next.moving.delete(step.topic);
      return;
    case 'delete-topic':
      if (status === 'done') {
        next.topics.delete(step.topic);
        next.moving.delete(step.topic);
      }
      return;
    case 'upsert-user': {
      const known = ending.passwords.get(userKey(step));
      if (status === 'done' && known !== undefined) next.users.set(userKey(step), known);
      else if (status === 'not-done') restore(next.users, before.users, userKey(step));
      return;
    }
    case 'delete-user':
      if (status === 'done') next.users.delete(userKey(step));
      return;
    case 'create-acls':
      if (status === 'not-done')
        for (const entry of step.entries)
          if (ending.failedAcls.has(aclKey(entry)) && !before.acls.has(aclDigest(entry))) next.acls.delete(aclDigest(entry));
      return;
    case 'delete-acls':
      for (const entry of step.entries)
        if (status === 'done' || (status === 'not-done' && !ending.failedAcls.has(aclKey(entry)))) next.acls.delete(aclDigest(entry));
      return;
    case 'set-quota': {
      const subject = quotaKey(step.quota);
      if (status === 'not-done') restore(next.quotas, before.quotas, subject);
      else if (status === 'done' && step.owned.length > 0) next.quotas.set(subject, step.owned);
      else if (status === 'done') next.quotas.delete(subject);
      return;
    }
    case 'register-schema':
      // What was not there and was not made is nobody's, although a run that broke off may have claimed it before.
      if (status === 'not-done' && (step.isNew || !before.schemas.has(step.subject))) next.schemas.delete(step.subject);
      return;
    case 'put-connector':
      if (status === 'not-done' && (step.isNew || !before.connectors.has(step.connector))) next.connectors.delete(step.connector);
      return;
    case 'delete-subject':
      if (status === 'done') next.schemas.delete(step.subject);
      return;
    case 'delete-connector':
      if (status === 'done') next.connectors.delete(step.connector);
      return;
    case 'record':
      for (const subject of step.schemas ?? []) next.schemas.delete(subject);
      for (const name of step.connectors ?? []) next.connectors.delete(name);
      for (const [name, settings] of Object.entries(step.topics)) {
        if (settings === null) next.topics.delete(name);
        else next.topics.set(name, settings);
      }
      for (const user of step.users) next.users.delete(user);
      for (const acl of step.acls) next.acls.delete(acl);
      for (const [subject, limits] of Object.entries(step.quotas)) {
        if (limits === null) next.quotas.delete(subject);
        else next.quotas.set(subject, limits);
      }
      return;
    case 'add-partitions':
    case 'set-broker-config':
    case 'set-group-offsets':
    case 'set-compatibility':
    case 'set-connector-state':
    case 'refuse':
      return;
  }
}

interface Mutable {
  readonly topics: Map<string, readonly string[]>;
  readonly users: Map<string, OwnedUser>;
  readonly acls: Set<string>;
  readonly quotas: Map<string, Ownership['quotas'] extends ReadonlyMap<string, infer Value> ? Value : never>;
  readonly moving: Set<string>;
  readonly schemas: Set<string>;
  readonly connectors: Set<string>;
}

function mutable(ownership: Ownership): Mutable {
  return {
    topics: new Map(ownership.topics),
    users: new Map(ownership.users),
    acls: new Set(ownership.acls),
    quotas: new Map(ownership.quotas),
    moving: new Set(ownership.moving),
    schemas: new Set(ownership.schemas),
    connectors: new Set(ownership.connectors),
  };
}

function addSettings(next: Mutable, topic: string, settings: readonly string[]): void {
  next.topics.set(topic, [...new Set([...(next.topics.get(topic) ?? []), ...settings])].sort());
}

function restore<Value>(next: Map<string, Value>, before: ReadonlyMap<string, Value>, key: string): void {
  const value = before.get(key);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
}
