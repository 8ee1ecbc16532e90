import type { AclEntry, ConfigMap, ScramMechanism } from '../model';

/**
 * What can be asked of and done to a running cluster, in our words. Every call is for many items at once and is sent in as few
 * requests as the protocol and its limits allow; every write answers for each item. A call as a whole fails only with a
 * `ClusterFailure`: nobody answered, or nobody may ask.
 *
 * Reads may be stale: the broker asked answers from its own metadata. Whoever reads after a write waits until it shows.
 */
export interface KafkaAdmin {
  cluster(): Promise<ClusterDescription>;

  /** All topics, or those named; one that is not there is left out. An unauthorised listing is empty and no error: see `mayListTopics`. */
  topics(names?: readonly string[]): Promise<readonly TopicDescription[]>;
  /** Whether this principal sees all topics. Without it an empty list means nothing. */
  mayListTopics(): Promise<boolean>;
  /** Settings by topic. Only those named in `keys`, where given; else those that are set on the topic itself. */
  topicConfigs(topics: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly ConfigEntry[]>>;
  createTopics(topics: readonly NewTopic[], options?: WriteOptions): Promise<Outcomes>;
  /** Grows topics to a total number of partitions. */
  createPartitions(totals: ReadonlyMap<string, number>, options?: WriteOptions): Promise<Outcomes>;
  /** Sets (a value) and resets to the default (null), leaving all other settings alone. */
  alterTopicConfigs(changes: ReadonlyMap<string, Readonly<Record<string, string | null>>>, options?: WriteOptions): Promise<Outcomes>;
  /** Settings by broker, or of `all`. Only those named in `keys`, where given; else those that are set dynamically on just that. */
  brokerConfigs(
    brokers: readonly (number | 'all')[],
    keys?: readonly string[],
  ): Promise<ReadonlyMap<number | 'all', readonly ConfigEntry[]>>;
  /** By broker id, or `all`. */
  alterBrokerConfigs(
    changes: ReadonlyMap<number | 'all', Readonly<Record<string, string | null>>>,
    options?: WriteOptions,
  ): Promise<Outcomes>;
  deleteTopics(names: readonly string[]): Promise<Outcomes>;

  /** Moves replicas; by `topic-partition`. `null` cancels a move under way. */
  reassign(moves: ReadonlyMap<string, readonly number[] | null>): Promise<Outcomes>;
  /** Moves under way, by `topic-partition`. */
  reassignments(): Promise<ReadonlyMap<string, Reassignment>>;
  electPreferredLeaders(partitions: readonly string[]): Promise<Outcomes>;
  /** Bytes of every replica, by broker and `topic-partition`. */
  logSizes(brokers: readonly number[]): Promise<ReadonlyMap<number, ReadonlyMap<string, number>>>;

  acls(): Promise<readonly AclEntry[]>;
  /** By `aclKey`. */
  createAcls(entries: readonly AclEntry[]): Promise<Outcomes>;
  deleteAcls(entries: readonly AclEntry[]): Promise<Outcomes>;

  /** The mechanisms and iteration counts of each user. Passwords can't be read. */
  scramUsers(): Promise<ReadonlyMap<string, readonly ScramCredential[]>>;
  /** By `user/mechanism`. */
  upsertScramUsers(users: readonly NewScramCredential[]): Promise<Outcomes>;
  deleteScramUsers(users: readonly { readonly user: string; readonly mechanism: ScramMechanism }[]): Promise<Outcomes>;

  quotas(): Promise<readonly QuotaEntry[]>;
  /** By `quotaKey`; null removes a limit. */
  alterQuotas(changes: readonly QuotaEntry<number | null>[], options?: WriteOptions): Promise<Outcomes>;

  groups(): Promise<readonly GroupDescription[]>;
  /** Committed offsets of a group, by `topic-partition`. */
  groupOffsets(group: string): Promise<ReadonlyMap<string, bigint>>;
  /** Commits offsets for a group without members, which need not exist; `busy` while it has some. By `topic-partition`. */
  setGroupOffsets(group: string, offsets: ReadonlyMap<string, bigint>): Promise<Outcomes>;

  /** How far the log of the metadata is, where everything but records and offsets is written; undefined with ZooKeeper, which has no such log. */
  metadataLog(): Promise<MetadataLog | undefined>;

  /**
   * Has something asked before each request that writes, however many a call takes; what it throws ends the call, and nothing more is
   * sent. Undefined: nothing any more.
   */
  guardWrites(prove: (() => Promise<void>) | undefined): void;

  /** How many requests this client has sent; for proofs of few requests. */
  requestsSent(): number;
  close(): Promise<void>;
}

/** Where the log of a cluster's metadata is. */
export interface MetadataLog {
  /** Up to which offset it is committed. While it stays the same nothing has changed; it also grows by itself. */
  readonly committed: bigint;
  /** How far each node that is up is behind, in records. */
  readonly lag: ReadonlyMap<number, bigint>;
}

export interface WriteOptions {
  /** Let the cluster check and not do. @default false */
  readonly validateOnly?: boolean;
}

export interface ClusterDescription {
  readonly clusterId: string;
  readonly controllerId: number | undefined;
  readonly brokers: readonly { readonly id: number; readonly host: string; readonly port: number; readonly rack?: string | undefined }[];
}

export interface TopicDescription {
  readonly name: string;
  readonly internal: boolean;
  /** By ascending id. */
  readonly partitions: readonly PartitionDescription[];
}

export interface PartitionDescription {
  readonly id: number;
  readonly leader: number | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

export interface ConfigEntry {
  readonly key: string;
  /** Null where Kafka hides it. */
  readonly value: string | null;
  /** `topic`: set on the topic itself; anything else is inherited. */
  readonly source: 'topic' | 'broker' | 'cluster' | 'static' | 'default';
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** The brokers of each partition, where the caller places them. */
  readonly assignment?: readonly (readonly number[])[];
  readonly config: ConfigMap;
}

export interface Reassignment {
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

export interface ScramCredential {
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
}

export interface NewScramCredential extends ScramCredential {
  readonly user: string;
  /** In clear; it is salted and hashed before it is sent. */
  readonly password: string;
}

/** Limits of one user, client id, or pair, or of one address; `null` names the default of its kind. */
export interface QuotaEntry<Limit extends number | null = number> {
  readonly user?: string | null | undefined;
  readonly clientId?: string | null | undefined;
  /** Alone, and limited in nothing but `connection_creation_rate`, which nobody else is. */
  readonly ip?: string | null | undefined;
  readonly limits: Readonly<Partial<Record<QuotaLimit, Limit>>>;
}

export type QuotaLimit =
  | 'producer_byte_rate'
  | 'consumer_byte_rate'
  | 'request_percentage'
  | 'controller_mutation_rate'
  | 'connection_creation_rate';

export interface GroupDescription {
  readonly group: string;
  readonly state: 'stable' | 'empty' | 'dead' | 'rebalancing' | 'unknown';
  readonly members: number;
  /** Topics that its members are assigned; empty for an inactive group. */
  readonly topics: readonly string[];
}

/** One answer an item, by the key that the call names. */
export type Outcomes = ReadonlyMap<string, Outcome>;
export type Outcome = { readonly done: true } | { readonly done: false; readonly reason: Reason; readonly message: string };

/** Why an item was not done: a closed set, so that a caller can decide. */
export type Reason =
  | 'already-exists'
  | 'not-found'
  | 'invalid'
  | 'not-authorized'
  | 'not-controller'
  | 'busy'
  | 'timed-out'
  | 'unsupported'
  | 'quota-exceeded'
  | 'unknown';

/** The cluster as a whole could not be asked. */
export class ClusterFailure extends Error {
  constructor(
    readonly reason: 'unreachable' | 'authentication-failed' | 'not-authorized' | 'timed-out' | 'unsupported' | 'closed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ClusterFailure';
  }
}

/** How a client reaches a cluster and who it is. */
export interface Connection {
  readonly bootstrapServers: readonly string[];
  readonly clientId?: string;
  readonly tls?:
    | {
        readonly ca?: string | undefined;
        readonly certificate?: string | undefined;
        readonly key?: string | undefined;
        readonly serverName?: string | undefined;
      }
    | undefined;
  readonly scram?: { readonly mechanism: ScramMechanism; readonly user: string; readonly password: string } | undefined;
  /** How long a request without a measured need may take, in milliseconds. @default 30000 */
  readonly requestTimeoutMs?: number;
  /** How long to go on trying to connect to any broker, in milliseconds. @default 10000 */
  readonly connectTimeoutMs?: number;
}

/** A line of what the library beneath has to say; for whoever looks for the reason of a failure. */
export type LogHook = (line: string) => void;
