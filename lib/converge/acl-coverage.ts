import type { AclEntry } from '../model';

/** Whether every resource that one pattern stands for is also one of the other's; both are for the same type of resource. */
function coversResources(
  wide: Pick<AclEntry, 'patternType' | 'resourceName'>,
  narrow: Pick<AclEntry, 'patternType' | 'resourceName'>,
): boolean {
  const everything = ({ patternType, resourceName }: typeof wide) => patternType === 'LITERAL' && resourceName === '*';
  if (everything(wide)) return true;
  if (everything(narrow)) return false;
  if (wide.patternType === 'PREFIXED') return narrow.resourceName.startsWith(wide.resourceName);
  return narrow.patternType === 'LITERAL' && narrow.resourceName === wide.resourceName;
}

/** Whether one ACL is for every request of its own principal that the other is for; permissions are not compared. */
export function covers(wide: AclEntry, narrow: AclEntry): boolean {
  return (
    wide.resourceType === narrow.resourceType &&
    (wide.host === narrow.host || wide.host === '*') &&
    (wide.operation === narrow.operation || wide.operation === 'ALL') &&
    coversResources(wide, narrow)
  );
}
