import type { QuotaLimit } from '../kafka';
import { type Applied, nothingOwned, type OwnedUser, type Ownership } from './ownership';

/**
 * The record as keys and values of a compacted topic. Each topic, user and quota has a key of its own; ACLs share 32 by the beginning
 * of their digest, so that no record grows large and a change writes little.
 */
export function recordsOf(ownership: Ownership): ReadonlyMap<string, string> {
  const { environment, applied, topics, users, acls, quotas, moving, throttles, schemas, connectors } = ownership;
  const records = new Map<string, string>();
  const put = (key: string, value: unknown) => records.set(key, JSON.stringify(value));
  if (environment !== undefined || applied !== undefined || moving.size + throttles.size > 0)
    put('state', {
      version: 1,
      environment,
      applied,
      moving: [...moving].sort(),
      ...(throttles.size === 0 ? {} : { throttles: [...throttles].sort() }),
    });
  for (const [name, settings] of topics) put(`topic/${name}`, settings);
  for (const [name, user] of users) put(`user/${name}`, user);
  for (const [name, limits] of quotas) put(`quota/${name}`, limits);
  for (const subject of schemas) put(`schema/${subject}`, {});
  for (const name of connectors) put(`connector/${name}`, {});
  const buckets = new Map<string, string[]>();
  for (const acl of [...acls].sort()) {
    const bucket = bucketOf(acl);
    const others = buckets.get(bucket);
    if (others === undefined) buckets.set(bucket, [acl]);
    else others.push(acl);
  }
  for (const [bucket, list] of buckets) put(`acls/${bucket}`, list);
  return records;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function bucketOf(acl: string): string {
  return String(alphabet.indexOf(acl.charAt(0)) >> 1).padStart(2, '0');
}

/** What this version writes. A later one, or somebody who should not, may have put other keys there. */
const known = /^(state$|(topic|user|quota|schema|connector|acls)\/)/;

/** The record from what a compacted topic holds. Keys that this version doesn't know are left alone. */
export function ownershipOf(records: ReadonlyMap<string, string>): Ownership {
  const topics = new Map<string, readonly string[]>();
  const users = new Map<string, OwnedUser>();
  const quotas = new Map<string, readonly QuotaLimit[]>();
  const acls = new Set<string>();
  const schemas = new Set<string>();
  const connectors = new Set<string>();
  let state: { environment?: string; applied?: Applied; moving?: readonly string[]; throttles?: readonly string[] } = {};
  for (const [key, text] of records) {
    if (!known.test(key)) continue;
    const slash = key.indexOf('/');
    const [kind, name] = slash === -1 ? [key, ''] : [key.slice(0, slash), key.slice(slash + 1)];
    const value = JSON.parse(text);
    if (kind === 'state') state = value;
    else if (kind === 'topic') topics.set(name, value);
    else if (kind === 'user') users.set(name, value);
    else if (kind === 'quota') quotas.set(name, value);
    else if (kind === 'schema') schemas.add(name);
    else if (kind === 'connector') connectors.add(name);
    else if (kind === 'acls') for (const acl of value as string[]) acls.add(acl);
  }
  return {
    ...nothingOwned,
    environment: state.environment,
    applied: state.applied,
    moving: new Set(state.moving ?? []),
    throttles: new Set(state.throttles ?? []),
    topics,
    users,
    quotas,
    acls,
    schemas,
    connectors,
  };
}

/** What must be written so that a topic with `before` comes to hold `after`; null deletes a key. */
export function changedRecords(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | null> {
  const changes = new Map<string, string | null>();
  for (const [key, value] of after) if (before.get(key) !== value) changes.set(key, value);
  for (const key of before.keys()) if (!after.has(key) && known.test(key)) changes.set(key, null);
  return changes;
}
