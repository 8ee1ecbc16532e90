import type { AclEntry } from '../model';

/** An ACL as a person reads it. */
export function aclText({ principal, host, operation, permission, resourceType, resourceName, patternType }: AclEntry): string {
  const pattern = patternType === 'PREFIXED' ? `${resourceName}*` : resourceName;
  const from = host === '*' ? '' : ` from ${host}`;
  return `${permission} ${principal} ${operation} on ${resourceType.toLowerCase()} ${pattern}${from}`;
}
