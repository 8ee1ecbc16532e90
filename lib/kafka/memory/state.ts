import type { AclEntry, ScramMechanism } from '../../model';
import type { GroupDescription, QuotaEntry } from '../admin';

export interface StoredPartition {
  replicas: readonly number[];
  leader: number;
  /** Bytes of each replica. */
  size: number;
}

export interface StoredTopic {
  readonly partitions: StoredPartition[];
  readonly config: Map<string, string>;
}

export interface StoredMove {
  readonly to: readonly number[];
  /** The request at which it is complete. */
  readonly doneAt: number;
}

export interface StoredGroup {
  readonly description: GroupDescription;
  /** By `topic-partition`. */
  readonly offsets: ReadonlyMap<string, bigint>;
}

/** All that a cluster in memory knows. */
export interface ClusterState {
  readonly topics: Map<string, StoredTopic>;
  readonly brokerConfigs: Map<number | 'all', Map<string, string>>;
  /** By `aclKey`. */
  readonly acls: Map<string, AclEntry>;
  readonly users: Map<string, Map<ScramMechanism, { readonly iterations: number; readonly password: string }>>;
  /** By `quotaKey`. */
  readonly quotas: Map<string, QuotaEntry>;
  readonly groups: Map<string, StoredGroup>;
  /** By `topic-partition`. */
  readonly moves: Map<string, StoredMove>;
  /** The records of topics that have any. */
  readonly records: Map<string, Map<string, string>>;
  /** By transactional id, how often it was taken. */
  readonly epochs: Map<string, number>;
}

export function emptyState(): ClusterState {
  return {
    topics: new Map(),
    brokerConfigs: new Map(),
    acls: new Map(),
    users: new Map(),
    quotas: new Map(),
    groups: new Map(),
    moves: new Map(),
    records: new Map(),
    epochs: new Map(),
  };
}
