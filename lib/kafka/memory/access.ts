import { type AclEntry, aclKey } from '../../model';
import type { NewScramCredential, Outcome, QuotaEntry, ScramCredential } from '../admin';
import { quotaKey } from '../quota-key';
import { done, refused } from './memory-cluster';
import type { ClusterState } from './state';

const iterationLimits = { least: 4096, most: 16384 };

export function addAcl(state: ClusterState, entry: AclEntry): Outcome {
  if (!/^\w+:./.test(entry.principal)) return refused('invalid', `Could not parse principal from \`${entry.principal}\``);
  if (entry.resourceName === '') return refused('invalid', 'The resource has no name');
  if (entry.resourceType === 'CLUSTER' && entry.resourceName !== 'kafka-cluster')
    return refused('invalid', 'The only valid name for the CLUSTER resource is kafka-cluster');
  state.acls.set(aclKey(entry), { ...entry });
  return done;
}

export function removeAcl(state: ClusterState, entry: AclEntry): Outcome {
  return state.acls.delete(aclKey(entry)) ? done : refused('not-found', 'there is no such ACL');
}

export function usersOf(state: ClusterState): ReadonlyMap<string, readonly ScramCredential[]> {
  return new Map(
    [...state.users].map(([user, mechanisms]) => [user, [...mechanisms].map(([mechanism, { iterations }]) => ({ mechanism, iterations }))]),
  );
}

export function upsertUser(state: ClusterState, { user, mechanism, iterations, password }: NewScramCredential): Outcome {
  if (user === '') return refused('invalid', 'Username must not be empty');
  if (iterations < iterationLimits.least) return refused('invalid', 'Too few iterations');
  if (iterations > iterationLimits.most) return refused('invalid', 'Too many iterations');
  const mechanisms = state.users.get(user) ?? new Map();
  state.users.set(user, mechanisms.set(mechanism, { iterations, password }));
  return done;
}

export function removeUser(state: ClusterState, { user, mechanism }: Pick<NewScramCredential, 'user' | 'mechanism'>): Outcome {
  const mechanisms = state.users.get(user);
  if (mechanisms?.delete(mechanism) !== true) return refused('not-found', 'Attempt to delete a user credential that does not exist');
  if (mechanisms.size === 0) state.users.delete(user);
  return done;
}

export function changeQuota(state: ClusterState, change: QuotaEntry<number | null>, validateOnly: boolean): Outcome {
  const key = quotaKey(change);
  if (key === '') return refused('invalid', 'Invalid empty client quota entity');
  const wrong = Object.entries(change.limits).find(([, value]) => value !== null && value <= 0);
  if (wrong !== undefined) return refused('invalid', `Quota ${wrong[0]} must be greater than 0`);
  const ofAddress = change.ip !== undefined;
  if (ofAddress && (change.user !== undefined || change.clientId !== undefined))
    return refused('invalid', 'Invalid quota entity combination');
  const strange = Object.keys(change.limits).find((limit) => (limit === 'connection_creation_rate') !== ofAddress);
  if (strange !== undefined) return refused('invalid', `Invalid configuration key ${strange}`);
  if (validateOnly) return done;
  const { limits: changes, ...entity } = change;
  const merged = { ...state.quotas.get(key)?.limits, ...changes };
  const limits = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
  if (Object.keys(limits).length === 0) state.quotas.delete(key);
  else state.quotas.set(key, { ...entity, limits });
  return done;
}
