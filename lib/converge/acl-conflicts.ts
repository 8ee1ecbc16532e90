import { type AclEntry, aclSet } from '../model';
import { covers } from './acl-coverage';
import { aclText } from './acl-text';
import type { Note } from './findings';

/** Declared grants that a DENY takes away again, wherever it comes from. Kafka lets a DENY win always. */
export function aclConflicts(wanted: readonly AclEntry[], live: readonly AclEntry[]): readonly Note[] {
  const denies = aclSet([...wanted, ...live].filter(({ permission }) => permission === 'DENY'));
  if (denies.length === 0) return [];
  const grants = wanted.filter(({ permission }) => permission === 'ALLOW');
  const found = grants.flatMap((grant) => {
    const deny = denies.find((candidate) => isOn(candidate.principal, grant.principal) && covers(candidate, grant));
    return deny === undefined ? [] : [`${aclText(grant)} has no effect: ${aclText(deny)} wins`];
  });
  return [...new Set(found)].sort().map((message) => ({ code: 'shadowed-acl', message }));
}

function isOn(principal: string, other: string): boolean {
  return principal === other || principal === 'User:*';
}
