import type { QuotaLimit } from '../kafka';

/**
 * What the convergence has made or was told to adopt, as recorded in the cluster. Nothing else is ever changed or removed. Names are
 * recorded before the things are made, so that a crash in between leaves nothing that nobody owns.
 */
export interface Ownership {
  /** Whose cluster it is; undefined before the first apply. */
  readonly environment: string | undefined;
  /** The fingerprint of what was applied last, when, and by whom. */
  readonly applied: Applied | undefined;
  /** Settings set by us, by topic. */
  readonly topics: ReadonlyMap<string, readonly string[]>;
  /** By `userKey`. */
  readonly users: ReadonlyMap<string, OwnedUser>;
  /** By `aclDigest`. */
  readonly acls: ReadonlySet<string>;
  /** Limits set by us, by `quotaKey`. */
  readonly quotas: ReadonlyMap<string, readonly QuotaLimit[]>;
  /** Topics whose replicas are being moved by us under a throttle that must be taken away again. */
  readonly moving: ReadonlySet<string>;
  /** What is throttled by us while they move: `broker 1`, `topic orders`. */
  readonly throttles: ReadonlySet<string>;
  /** Subjects of the schema registry. */
  readonly schemas: ReadonlySet<string>;
  /** By name. */
  readonly connectors: ReadonlySet<string>;
}

export interface Applied {
  readonly desired: string;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

export interface OwnedUser {
  /** Of the password that was set; undefined while it is not certain that it was. */
  readonly password?: string | undefined;
  /** When it was set, ISO 8601. */
  readonly since?: string | undefined;
}

export const nothingOwned: Ownership = {
  environment: undefined,
  applied: undefined,
  topics: new Map(),
  users: new Map(),
  acls: new Set(),
  quotas: new Map(),
  moving: new Set(),
  throttles: new Set(),
  schemas: new Set(),
  connectors: new Set(),
};

/** Where the record is kept. */
export interface OwnershipStore {
  /** `nothingOwned` where nothing was ever written. */
  read(): Promise<Ownership>;
  /** Durable when it returns. */
  write(ownership: Ownership): Promise<void>;
}

/** Keeps the record in memory: for tests, and for clusters that live as long as a test. */
export function memoryOwnership(initial: Ownership = nothingOwned): OwnershipStore {
  let kept = initial;
  return {
    read: async () => kept,
    write: async (ownership) => {
      kept = ownership;
    },
  };
}

/** What can be adopted and released by name. */
export type OwnedKind = 'topics' | 'users' | 'acls' | 'quotas' | 'schemas' | 'connectors';

/** The record with names added or taken out; whatever they name stays as it is. A quota that is adopted is so with the limits it has. */
export function withOwned(
  ownership: Ownership,
  kind: OwnedKind,
  names: readonly string[],
  action: 'adopt' | 'release',
  limits: ReadonlyMap<string, readonly QuotaLimit[]> = new Map(),
): Ownership {
  if (kind === 'acls' || kind === 'schemas' || kind === 'connectors') {
    const owned = new Set(ownership[kind]);
    for (const name of names) action === 'adopt' ? owned.add(name) : owned.delete(name);
    return { ...ownership, [kind]: owned };
  }
  const entries = new Map<string, unknown>(ownership[kind]);
  for (const name of names) {
    if (action === 'release') entries.delete(name);
    else if (kind === 'quotas') entries.set(name, [...(limits.get(name) ?? [])].sort());
    else if (!entries.has(name)) entries.set(name, kind === 'users' ? {} : []);
  }
  return { ...ownership, [kind]: entries };
}
