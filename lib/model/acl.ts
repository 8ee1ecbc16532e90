import type { AccessIntent, TopicAccess } from './access';
import { type AclEntry, aclSet, allow } from './acl-entry';
import { hostsOf } from './allow-list';
import { backupAcls } from './backup-acls';
import type { Environment } from './environment';
import { adminAcls, connectAcls, consumerAcls, producerAcls, streamsAcls } from './grant';
import { oncePerEnvironment } from './once-per-environment';

/** Who a principal of the file is: an account, or a user group whose members are accounts. */
export interface PrincipalName {
  readonly type: 'User' | 'Group';
  readonly name: string;
}

/** `User:<account>`, `Group:<user group>`, or the bare name of an account. */
export function principalName(principal: string): PrincipalName {
  const colon = principal.indexOf(':');
  if (colon === -1) return { type: 'User', name: principal };
  return { type: principal.startsWith('Group:') ? 'Group' : 'User', name: principal.slice(colon + 1) };
}

/** The accounts a principal stands for; a user group nobody declared has none. */
export function accountsOf(environment: Environment, principal: string): readonly string[] {
  const { type, name } = principalName(principal);
  return type === 'User' ? [name] : (environment.userGroups[name]?.members ?? []);
}

/**
 * The exact set of ACLs that the environment asks for: what it says under `topicAccess` and `access`, user groups spread to their
 * members, hosts from the allow-lists; and what its backup needs. Sorted, each once. With `authorization: none` it is the intent all the same.
 */
export const aclsOf = oncePerEnvironment(makeAcls);

function makeAcls(environment: Environment): readonly AclEntry[] {
  const forEach = (principal: string, make: (account: string, hosts: readonly string[]) => readonly AclEntry[]): readonly AclEntry[] =>
    accountsOf(environment, principal).flatMap((account) => make(account, hostsOf(environment, account)));
  const byTopic = Object.entries(environment.topicAccess).flatMap(([topic, access]) => topicAcls(topic, access, forEach));
  const byIntent = environment.access.flatMap((intent) =>
    forEach(intent.principal, (account, hosts) => intentAcls(intent, account, hosts)),
  );
  return aclSet([...byTopic, ...byIntent, ...backupAcls(environment)]);
}

type ForEach = (principal: string, make: (account: string, hosts: readonly string[]) => readonly AclEntry[]) => readonly AclEntry[];

function topicAcls(topic: string, access: TopicAccess, forEach: ForEach): readonly AclEntry[] {
  const producers = access.producers.flatMap(({ principal, operations }) =>
    forEach(principal, (account, hosts) => allow(`User:${account}`, hosts, [{ resourceType: 'TOPIC', name: topic, operations }])),
  );
  const consumers = access.consumers.flatMap(({ principal, operations, consumerGroups }) =>
    forEach(principal, (account, hosts) =>
      allow(`User:${account}`, hosts, [
        { resourceType: 'TOPIC', name: topic, operations },
        ...consumerGroups.map((name) => ({ resourceType: 'GROUP' as const, name, operations: ['READ'] as const })),
      ]),
    ),
  );
  return [...producers, ...consumers];
}

function intentAcls(intent: AccessIntent, account: string, hosts: readonly string[]): readonly AclEntry[] {
  switch (intent.intent) {
    case 'producer':
      return producerAcls(account, intent.topics, { hosts, transactionalIds: intent.transactionalIds });
    case 'consumer':
      return consumerAcls(account, intent.topics, { hosts, groups: intent.groups });
    case 'streams':
      return streamsAcls(account, intent, { hosts });
    case 'connect':
      return connectAcls(account, intent, { hosts });
    case 'admin':
      return adminAcls(account, { hosts });
    case 'raw':
      return rawAcls(intent, account, hosts);
  }
}

/** A raw intent says its pattern itself: an asterisk at the end of a name is part of it. */
function rawAcls(intent: Extract<AccessIntent, { intent: 'raw' }>, account: string, hosts: readonly string[]): AclEntry[] {
  const { permission, resourceType, resourceName, patternType, operations } = intent;
  // Refusals hold from everywhere: an allow-list must not open a door that a DENY closes.
  const from = intent.hosts ?? (permission === 'DENY' ? ['*'] : hosts);
  return from.flatMap((host) =>
    operations.map((operation) => ({
      principal: `User:${account}`,
      host,
      operation,
      permission,
      resourceType,
      resourceName,
      patternType,
    })),
  );
}
