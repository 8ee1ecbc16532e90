import { type Desired, type Note, userKey } from '../converge';
import type { ScramCredential } from '../kafka';
import { namePattern, ownershipTopic } from '../model';
import type { Backup } from './backup-format';
import { wantedConnectors } from './restore-connectors';

/** What of a backup is wanted. */
export interface RestoreChoice {
  /** Groups whose offsets are committed; an ending `*` makes a prefix. @default all */
  readonly groups?: readonly string[] | undefined;
}

/** What a cluster shall hold after a restoration, and what of the backup it can't. */
export interface RestoreDesired {
  readonly desired: Desired;
  readonly notes: readonly Note[];
}

/**
 * A backup as a desired state. The environment says whose cluster it is, what is protected, and where passwords come from: no backup has
 * any, so that a user comes back with a new one, where the environment declares him. One that is there already keeps his own.
 */
export function restoreDesired(
  backup: Backup,
  environment: Desired,
  users: ReadonlyMap<string, readonly ScramCredential[]>,
  connectorsThere: ReadonlySet<string> | undefined,
  { groups }: RestoreChoice = {},
): RestoreDesired {
  const isThere = ({ user, mechanism }: Backup['users'][number]) => users.get(user)?.some((each) => each.mechanism === mechanism) ?? false;
  const missing = backup.users.filter((user) => !isThere(user));
  const declared = new Map(environment.users.map((user) => [userKey(user), user]));
  const lost = missing.filter((user) => !declared.has(userKey(user)));
  const wanted = groups?.map(namePattern);
  const authorizes = environment.authorization === 'acl';
  // Of schemas it says nothing, so that they are left alone: they come back by themselves, a version after the other.
  const { schemas: _, connectors: __, ...rest } = environment;
  const { connectors, notes } = wantedConnectors(backup, environment, connectorsThere);
  const desired: Desired = {
    ...rest,
    ...(connectors === undefined ? {} : { connectors }),
    topics: backup.topics.filter(({ name }) => name !== ownershipTopic).map(({ placement: ___, ...topic }) => topic),
    users: missing.flatMap((user) => declared.get(userKey(user)) ?? []),
    acls: authorizes ? backup.acls : [],
    accounts: [],
    aclPolicy: 'own-declared',
    quotas: backup.quotas,
    deleteTopics: false,
    spreadOverRacks: false,
    configPolicy: 'own-declared',
    unenforced: { acls: authorizes ? 0 : backup.acls.length, users: 0 },
    brokerConfigs: backup.brokerConfigs,
    groupOffsets: backup.groups.filter(({ group }) => wanted?.some((matches) => matches(group)) ?? true),
  };
  return { desired, notes: [...lost.map(lostUser), ...notes] };
}

function lostUser(user: Backup['users'][number]): Note {
  const message = `${userKey(user)} is not there, and no backup has passwords; declare the account with a secret, or give it a password by hand`;
  return { code: 'user-without-password', message };
}
