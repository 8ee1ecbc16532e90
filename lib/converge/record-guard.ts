import { type AclEntry, ownershipTopic, reachesRecord } from '../model';
import { covers } from './acl-coverage';
import { aclText } from './acl-text';
import type { Note } from './findings';

/**
 * Refusals that keep accounts with a wide pattern away from the record of what is owned. Who may change ACLs is left out: it could take
 * the refusal back, and it may be the very one that converges the cluster. For everybody at once (`User:*`) a rule refuses the grant.
 */
export function recordGuards(acls: readonly AclEntry[]): readonly AclEntry[] {
  const trusted = trustedIn(acls);
  const reaching = new Set(acls.filter(reachesRecord).map(({ principal }) => principal));
  return [...reaching].filter((principal) => principal !== 'User:*' && !trusted.has(principal)).map(guardOf);
}

function guardOf(principal: string): AclEntry {
  const topic = { resourceType: 'TOPIC', resourceName: ownershipTopic, patternType: 'LITERAL' } as const;
  return { principal, host: '*', operation: 'ALL', permission: 'DENY', ...topic };
}

/** ACLs of others by which somebody can read or change the record. */
export function recordReach(
  staying: readonly AclEntry[],
  wanted: ReadonlySet<string>,
  keyOf: (entry: AclEntry) => string,
): readonly Note[] {
  const suspects = staying.filter((entry) => reachesRecord(entry) && !wanted.has(keyOf(entry)));
  if (suspects.length === 0) return [];
  const trusted = trustedIn(staying);
  const denies = staying.filter(({ permission }) => permission === 'DENY');
  const refused = (entry: AclEntry) =>
    denies.some(
      (deny) =>
        (deny.principal === entry.principal || deny.principal === 'User:*') &&
        covers(deny, { ...entry, resourceName: ownershipTopic, patternType: 'LITERAL' }),
    );
  return suspects
    .filter((entry) => !trusted.has(entry.principal) && !refused(entry))
    .map((entry) => ({
      code: 'record-reachable',
      message: `${aclText(entry)} reaches ${ownershipTopic}, the record of what is owned, and is somebody else's; narrow it, or deny ${entry.principal} ALL on topic ${ownershipTopic}`,
    }));
}

/** Principals that may change ACLs. */
function trustedIn(acls: readonly AclEntry[]): ReadonlySet<string> {
  const changing = acls.filter(
    ({ permission, resourceType, operation }) =>
      permission === 'ALLOW' && resourceType === 'CLUSTER' && (operation === 'ALL' || operation === 'ALTER'),
  );
  return new Set(changing.map(({ principal }) => principal));
}
