import { aclDigest, type Desired, nothingOwned, type Ownership, type OwnershipStore, userKey } from '../converge';
import { quotaKey } from '../kafka';

/** The record of what is owned, as a restoration sees and keeps it. */
export interface RestoringOwnership extends OwnershipStore {
  /** Whether a topic is really owned, as last read. */
  owns(topic: string): boolean;
  /** Topics that this restoration makes. */
  readonly makes: Set<string>;
}

/**
 * A record that lets a restoration take nothing away and own nothing of others. It shows of the record only what the backup has, so that
 * nothing else is missed and removed, and shows every topic of the backup as owned, so that what differs is found. What it keeps is what
 * the environment declares: of all the rest, the next `apply` would find that nobody declares it, and remove it.
 */
export function restoringOwnership(store: OwnershipStore, wanted: Desired, environment: Desired): RestoringOwnership {
  const makes = new Set<string>();
  let real: Ownership | undefined;
  const declaredSettings = new Map(environment.topics.map(({ name, config }) => [name, Object.keys(config)]));
  const declaredAcls = new Set(environment.acls.map(aclDigest));
  const declaredLimits = new Map(environment.quotas.map((entry) => [quotaKey(entry), Object.keys(entry.limits)]));
  const wantedAcls = new Set(wanted.acls.map(aclDigest));
  const wantedTopics = new Map(wanted.topics.map(({ name, config }) => [name, Object.keys(config).sort()]));
  const wantedUsers = new Set(wanted.users.map(userKey));
  const wantedConnectors = new Set(wanted.connectors?.map(({ connector }) => connector));
  const declaredConnectors = new Set(environment.connectors?.map(({ connector }) => connector));
  const wantedLimits = new Map(wanted.quotas.map((entry) => [quotaKey(entry), Object.keys(entry.limits)]));

  const shown = (record: Ownership): Ownership => ({
    ...nothingOwned,
    environment: record.environment,
    applied: record.applied,
    topics: new Map([...wantedTopics].map(([name, settings]) => [name, record.topics.get(name) ?? settings])),
    users: new Map([...record.users].filter(([key]) => wantedUsers.has(key))),
    acls: new Set([...record.acls].filter((acl) => wantedAcls.has(acl))),
    quotas: new Map(
      [...record.quotas].flatMap(([subject, limits]) => {
        const kept = limits.filter((limit) => wantedLimits.get(subject)?.includes(limit));
        return kept.length === 0 ? [] : [[subject, kept] as const];
      }),
    ),
    connectors: new Set([...record.connectors].filter((name) => wantedConnectors.has(name))),
    moving: new Set([...record.moving].filter((topic) => wantedTopics.has(topic))),
    throttles: record.throttles,
  });

  const kept = (before: Ownership, after: Ownership): Ownership => {
    const topics = new Map(before.topics);
    for (const [name, settings] of after.topics) {
      const old = before.topics.get(name);
      if (old === undefined && !(makes.has(name) && declaredSettings.has(name))) continue;
      const ours = new Set([...(old ?? []), ...(declaredSettings.get(name) ?? [])]);
      topics.set(name, settings.filter((setting) => ours.has(setting)).sort());
    }
    const quotas = new Map(before.quotas);
    for (const [subject, limits] of after.quotas) {
      const old = before.quotas.get(subject) ?? [];
      const made = limits.filter((limit) => declaredLimits.get(subject)?.includes(limit));
      const all = [...new Set([...old, ...made])].sort();
      if (all.length > 0) quotas.set(subject, all);
    }
    return {
      ...before,
      environment: after.environment,
      topics,
      quotas,
      users: new Map([...before.users, ...[...after.users].filter(([key]) => wantedUsers.has(key))]),
      connectors: new Set([...before.connectors, ...[...after.connectors].filter((name) => declaredConnectors.has(name))]),
      acls: new Set([...before.acls, ...[...after.acls].filter((acl) => declaredAcls.has(acl))]),
      moving: new Set([...[...before.moving].filter((topic) => !wantedTopics.has(topic)), ...after.moving]),
      throttles: after.throttles,
    };
  };

  return {
    makes,
    owns: (topic) => real?.topics.has(topic) ?? false,
    read: async () => {
      real = await store.read();
      return shown(real);
    },
    write: async (after) => {
      const before = real ?? (await store.read());
      await store.write(kept(before, after));
    },
  };
}
