import type { AccessIntent, Operation } from './access';

type Raw = Extract<AccessIntent, { intent: 'raw' }>;

/** What an ACL protects. */
export type AclResourceType = Raw['resourceType'];

/** One ACL, exactly as Kafka keeps it: all seven together are its identity. */
export interface AclEntry {
  /** `User:<name>` */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: Operation;
  readonly permission: Raw['permission'];
  readonly resourceType: AclResourceType;
  readonly resourceName: string;
  readonly patternType: Raw['patternType'];
}

/** A resource and what is done to it; who does it is said elsewhere. */
export interface ResourceGrant {
  readonly resourceType: AclResourceType;
  /** Ends in `*` for a prefix; `*` alone means all. */
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** The name of the one resource of type CLUSTER. */
export const clusterResource = 'kafka-cluster';

/** `orders-*` as a prefix, `*` and anything else literally. */
function resourcePattern(name: string): Pick<AclEntry, 'resourceName' | 'patternType'> {
  return name.length > 1 && name.endsWith('*')
    ? { resourceName: name.slice(0, -1), patternType: 'PREFIXED' }
    : { resourceName: name, patternType: 'LITERAL' };
}

/** Allows one principal, from each host, everything in `grants`. */
export function allow(principal: string, hosts: readonly string[], grants: readonly ResourceGrant[]): AclEntry[] {
  return hosts.flatMap((host) =>
    grants.flatMap(({ resourceType, name, operations }) =>
      operations.map(
        (operation): AclEntry => ({ principal, host, operation, permission: 'ALLOW', resourceType, ...resourcePattern(name) }),
      ),
    ),
  );
}

/** A plan looks each of thousands of ACLs up a dozen times. */
const keys = new WeakMap<AclEntry, string>();

/** The identity of an ACL as text; entries are sorted by it. */
export function aclKey(entry: AclEntry): string {
  const known = keys.get(entry);
  if (known !== undefined) return known;
  const { principal, resourceType, patternType, resourceName, permission, operation, host } = entry;
  const key = `${principal}\0${resourceType}\0${patternType}\0${resourceName}\0${permission}\0${operation}\0${host}`;
  keys.set(entry, key);
  return key;
}

/** The entries in a fixed order, each once. */
export function aclSet(entries: readonly AclEntry[]): readonly AclEntry[] {
  const byKey = new Map<string, AclEntry>();
  for (const entry of entries) byKey.set(aclKey(entry), entry);
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}
