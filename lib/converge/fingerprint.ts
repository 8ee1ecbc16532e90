import { hash } from 'node:crypto';
import { type AclEntry, aclKey } from '../model';

/** A short, stable digest of text: 96 bits in URL-safe base64. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 16);
}

/** A digest of plain data, whatever the order of its keys. */
export function fingerprint(value: unknown): string {
  return digest(JSON.stringify(inOrder(value)));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  if (value instanceof Map) return [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)).map(inOrder);
  if (value instanceof Set) return [...value].sort().map(inOrder);
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, each]) => [key, inOrder(each)]));
}

/** A plan looks at each of thousands of ACLs several times. */
const digests = new WeakMap<AclEntry, string>();

/** How an ACL stands in the record of what is owned: thousands of them must fit. */
export function aclDigest(entry: AclEntry): string {
  const known = digests.get(entry);
  if (known !== undefined) return known;
  const made = digest(aclKey(entry));
  digests.set(entry, made);
  return made;
}
