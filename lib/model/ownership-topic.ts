import type { Operation } from './access';
import type { AclEntry } from './acl-entry';

/** The topic in which a cluster keeps the record of what is owned. */
export const ownershipTopic = '_kafkon';

/** What shows or changes what stands in a topic; describing it does neither. */
const touching: readonly Operation[] = ['ALL', 'READ', 'WRITE', 'DELETE', 'ALTER', 'ALTER_CONFIGS'];

/** Whether an ACL would let its principal read or change the record, by its name or by a pattern. */
export function reachesRecord({ permission, resourceType, patternType, resourceName, operation }: AclEntry): boolean {
  if (permission !== 'ALLOW' || resourceType !== 'TOPIC' || !touching.includes(operation)) return false;
  if (patternType === 'PREFIXED') return ownershipTopic.startsWith(resourceName);
  return resourceName === '*' || resourceName === ownershipTopic;
}
