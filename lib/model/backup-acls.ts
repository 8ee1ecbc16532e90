import { type AclEntry, allow, clusterResource } from './acl-entry';
import type { Environment } from './environment';
import { backupPrincipal } from './principal';

/** What the account of the backup may do: see everything, read no record, change nothing. None where there is no backup. */
export function backupAcls({ name, backup }: Pick<Environment, 'name' | 'backup'>): readonly AclEntry[] {
  if (backup?.metadata === undefined) return [];
  return allow(
    `User:${backupPrincipal(name)}`,
    ['*'],
    [
      { resourceType: 'CLUSTER', name: clusterResource, operations: ['DESCRIBE', 'DESCRIBE_CONFIGS'] },
      { resourceType: 'TOPIC', name: '*', operations: ['DESCRIBE', 'DESCRIBE_CONFIGS'] },
      { resourceType: 'GROUP', name: '*', operations: ['DESCRIBE'] },
    ],
  );
}
