import type { AclEntry } from '../../model';

type Operation = AclEntry['operation'];

/** Who is allowed these may describe too, and who may alter settings may see them. */
const implied: Readonly<Partial<Record<Operation, readonly Operation[]>>> = {
  DESCRIBE: ['READ', 'WRITE', 'DELETE', 'ALTER'],
  DESCRIBE_CONFIGS: ['ALTER_CONFIGS'],
};

/** Whether a user may do something, as Kafka's own authorizer decides: denied before allowed, and not at all without a word. */
export function isAllowed(
  acls: Iterable<AclEntry>,
  user: string,
  operation: Operation,
  resourceType: AclEntry['resourceType'],
  resourceName: string,
): boolean {
  const mine = [...acls].filter(
    (entry) =>
      (entry.principal === `User:${user}` || entry.principal === 'User:*') &&
      entry.host === '*' &&
      entry.resourceType === resourceType &&
      matches(entry, resourceName),
  );
  const says = (permission: AclEntry['permission'], operations: readonly Operation[]) =>
    mine.some((entry) => entry.permission === permission && (entry.operation === 'ALL' || operations.includes(entry.operation)));
  return !says('DENY', [operation]) && says('ALLOW', [operation, ...(implied[operation] ?? [])]);
}

function matches({ patternType, resourceName }: AclEntry, name: string): boolean {
  if (patternType === 'PREFIXED') return name.startsWith(resourceName);
  return resourceName === '*' || resourceName === name;
}
