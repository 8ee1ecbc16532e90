import { type AclEntry, aclSet } from '../model';
import type { Note } from './findings';

/** Declared grants that a DENY takes away again, wherever it comes from. Kafka lets a DENY win always. */
export function aclConflicts(wanted: readonly AclEntry[], live: readonly AclEntry[]): readonly Note[] {
  const denies = aclSet([...wanted, ...live].filter(({ permission }) => permission === 'DENY'));
  if (denies.length === 0) return [];
  const grants = wanted.filter(({ permission }) => permission === 'ALLOW');
  const found = grants.flatMap((grant) => {
    const deny = denies.find((candidate) => takesAway(candidate, grant));
    return deny === undefined ? [] : [`${aclText(grant)} has no effect: ${aclText(deny)} wins`];
  });
  return [...new Set(found)].sort().map((message) => ({ code: 'shadowed-acl', message }));
}

function takesAway(deny: AclEntry, grant: AclEntry): boolean {
  return (
    (deny.principal === grant.principal || deny.principal === 'User:*') &&
    (deny.host === grant.host || deny.host === '*') &&
    (deny.operation === grant.operation || deny.operation === 'ALL') &&
    deny.resourceType === grant.resourceType &&
    covers(deny, grant)
  );
}

function covers(wide: AclEntry, narrow: AclEntry): boolean {
  if (wide.patternType === 'PREFIXED') return narrow.resourceName.startsWith(wide.resourceName);
  if (wide.resourceName === '*') return true;
  return narrow.patternType === 'LITERAL' && narrow.resourceName === wide.resourceName;
}

/** An ACL as a person reads it. */
export function aclText({ principal, host, operation, permission, resourceType, resourceName, patternType }: AclEntry): string {
  const pattern = patternType === 'PREFIXED' ? `${resourceName}*` : resourceName;
  const from = host === '*' ? '' : ` from ${host}`;
  return `${permission} ${principal} ${operation} on ${resourceType.toLowerCase()} ${pattern}${from}`;
}
