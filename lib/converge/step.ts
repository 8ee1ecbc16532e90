import type { CompatibilityLevel, ConnectorState, QuotaEntry, QuotaLimit, SchemaType } from '../kafka';
import type { AclEntry, ConnectorTarget, ScramMechanism } from '../model';

/**
 * What a step means for those who use the cluster. `data-loss` and `irreversible` need consent; `restart` is for what brokers notice
 * only when they start anew.
 */
export const stepClasses = ['no-op', 'online', 'restart', 'data-loss', 'irreversible'] as const;
export type StepClass = (typeof stepClasses)[number];

/** The classes that nobody wants by accident. */
export const dangerousClasses: readonly StepClass[] = ['data-loss', 'irreversible'];

interface Common {
  /** The kind and the subject; unique within a plan. */
  readonly id: string;
  readonly class: StepClass;
  /** Who or what notices, in words; empty where nobody does. */
  readonly affects: readonly string[];
  /** Commands that take the step back, with Kafka's own tools or ours; empty: none. */
  readonly undo: readonly string[];
}

/** Makes a topic with its settings. */
export interface CreateTopic extends Common {
  readonly kind: 'create-topic';
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** The brokers of each partition, where the cluster does not place them itself. */
  readonly assignment?: readonly (readonly number[])[];
  readonly config: Readonly<Record<string, string>>;
}

export interface AddPartitions extends Common {
  readonly kind: 'add-partitions';
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  readonly protected: boolean;
}

/** Sets some settings of a topic and returns others to their default; all others stay. */
export interface SetConfig extends Common {
  readonly kind: 'set-config';
  readonly topic: string;
  readonly set: Readonly<Record<string, string>>;
  readonly reset: readonly string[];
  /** The values in force before, where they are known. */
  readonly from: Readonly<Record<string, string>>;
  /** The settings that are ours afterwards. */
  readonly owned: readonly string[];
  readonly protected: boolean;
}

/**
 * Moves replicas until every partition has the wanted number, in as many racks as can be, under a throttle. Goes on with a move that is
 * under way.
 */
export interface ChangeReplication extends Common {
  readonly kind: 'change-replication';
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  /** The replicas of each partition that changes, by its id; none where only a move under way has to be seen to its end. */
  readonly moves: Readonly<Record<string, readonly number[]>>;
  /** Replicas that are copied to a broker that has none of their partition. @default - some where `to` is more than `from` */
  readonly copies?: number;
  /** Partitions of which copies move into more racks. @default 0 */
  readonly spreads?: number;
}

export interface DeleteTopic extends Common {
  readonly kind: 'delete-topic';
  readonly topic: string;
  readonly protected: boolean;
}

/** Sets the password of a user, who may be new. */
export interface UpsertUser extends Common {
  readonly kind: 'upsert-user';
  readonly user: string;
  readonly mechanism: ScramMechanism;
  /** The logical secret; the password itself is in no plan. */
  readonly secret: string;
  readonly reason: 'missing' | 'secret-changed' | 'changed-by-others' | 'not-certain';
}

export interface DeleteUser extends Common {
  readonly kind: 'delete-user';
  readonly user: string;
  readonly mechanism: ScramMechanism;
}

/** Makes ACLs of one principal. */
export interface CreateAcls extends Common {
  readonly kind: 'create-acls';
  readonly principal: string;
  readonly entries: readonly AclEntry[];
}

export interface DeleteAcls extends Common {
  readonly kind: 'delete-acls';
  readonly principal: string;
  readonly entries: readonly AclEntry[];
}

/** Sets and removes (null) limits of one user, client id or pair. */
export interface SetQuota extends Common {
  readonly kind: 'set-quota';
  readonly quota: QuotaEntry<number | null>;
  readonly from: Readonly<Partial<Record<QuotaLimit, number>>>;
  /** The limits that are ours afterwards. */
  readonly owned: readonly QuotaLimit[];
}

/** Makes dynamic settings of one broker, or of all, that were not made before. */
export interface SetBrokerConfig extends Common {
  readonly kind: 'set-broker-config';
  readonly broker: number | 'all';
  readonly set: Readonly<Record<string, string>>;
}

/** Commits offsets for a group without members: for partitions where it has none, or in place of those it has. */
export interface SetGroupOffsets extends Common {
  readonly kind: 'set-group-offsets';
  readonly group: string;
  /** By `topic-partition`, in decimal. */
  readonly offsets: Readonly<Record<string, string>>;
  /** What was committed before, where anything was. */
  readonly from: Readonly<Record<string, string>>;
}

/** Says what new versions must be: of one subject, or of all that have no level of their own. */
export interface SetCompatibility extends Common {
  readonly kind: 'set-compatibility';
  /** Absent: all others. */
  readonly subject?: string;
  readonly level: CompatibilityLevel;
  readonly from?: CompatibilityLevel;
}

/** Makes a subject, or adds a version to it. */
export interface RegisterSchema extends Common {
  readonly kind: 'register-schema';
  readonly subject: string;
  readonly type: SchemaType;
  readonly text: string;
  /** Without a version: the one that another step of the plan makes. */
  readonly references: readonly { readonly name: string; readonly subject: string; readonly version?: number }[];
  /** Set with the first version. */
  readonly compatibility?: CompatibilityLevel;
  /** It is there as `version`, which is removed first: a registry gives a new number to nothing that it has. @default - it is not there */
  readonly again?: { readonly version: number; readonly latest: number };
  /** Whether the subject is made with it. */
  readonly isNew: boolean;
  /** Lower ones come first: others refer to them. */
  readonly rank: number;
}

export interface DeleteSubject extends Common {
  readonly kind: 'delete-subject';
  readonly subject: string;
  /** Lower ones come first: they refer to others. */
  readonly rank: number;
}

/** Makes a connector, or replaces all of its settings. */
export interface PutConnector extends Common {
  readonly kind: 'put-connector';
  readonly connector: string;
  /** All but those that are secret. */
  readonly config: Readonly<Record<string, string>>;
  /** The logical secret of each setting that holds one; the values are in no plan. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly isNew: boolean;
  /** The state in which a new one is made, where that is not running. @default - it runs */
  readonly begins?: 'paused' | 'stopped';
  /** The settings that change. */
  readonly changed: readonly string[];
  /** Their values before, where there were any; secret ones are hidden. */
  readonly from: Readonly<Record<string, string>>;
}

/** Resumes, pauses or stops a connector. */
export interface SetConnectorState extends Common {
  readonly kind: 'set-connector-state';
  readonly connector: string;
  readonly to: ConnectorTarget;
  /** Absent: the connector is made by the same plan; with older workers it runs from then on. */
  readonly from?: ConnectorState;
}

export interface DeleteConnector extends Common {
  readonly kind: 'delete-connector';
  readonly connector: string;
}

/** Brings the record of what is owned up to date with what is there; changes nothing else. */
export interface RecordOwnership extends Common {
  readonly kind: 'record';
  /** Settings of topics that are ours; null: the topic is gone. */
  readonly topics: Readonly<Record<string, readonly string[] | null>>;
  /** Limits that are ours; null: the quota is gone. */
  readonly quotas: Readonly<Record<string, readonly QuotaLimit[] | null>>;
  /** Users and ACLs that are gone. */
  readonly users: readonly string[];
  readonly acls: readonly string[];
  /** Subjects and connectors that are gone. @default none */
  readonly schemas?: readonly string[];
  readonly connectors?: readonly string[];
}

/** Something that can't or may not be done, why, and what to do instead. */
export interface Refuse extends Common {
  readonly kind: 'refuse';
  readonly subject: string;
  readonly reason: string;
  readonly remedy: string;
}

/** One thing to do. A closed union: whoever handles steps handles all of them. */
export type Step =
  | UpsertUser
  | CreateAcls
  | SetQuota
  | SetBrokerConfig
  | CreateTopic
  | ChangeReplication
  | AddPartitions
  | SetConfig
  | SetGroupOffsets
  | SetCompatibility
  | RegisterSchema
  | PutConnector
  | SetConnectorState
  | DeleteConnector
  | DeleteSubject
  | DeleteAcls
  | DeleteUser
  | DeleteTopic
  | RecordOwnership
  | Refuse;

/** Steps at the services beside Kafka, in the order of the plan. */
export const serviceKinds: readonly Step['kind'][] = [
  'set-compatibility',
  'register-schema',
  'put-connector',
  'set-connector-state',
  'delete-connector',
  'delete-subject',
];

/**
 * The order in which a plan does things: users and grants before topics, since brokers serve them sooner so and nobody finds a topic he
 * may not use yet; replicas before partitions, since new partitions take the number of copies of the old ones; offsets once their
 * partitions are there; schemas once their topics are there, and connectors after them; removals last, in the opposite order.
 */
export const stepOrder: readonly Step['kind'][] = [
  'refuse',
  'upsert-user',
  'create-acls',
  'set-quota',
  'set-broker-config',
  'create-topic',
  'change-replication',
  'add-partitions',
  'set-config',
  'set-group-offsets',
  ...serviceKinds,
  'delete-acls',
  'delete-user',
  'delete-topic',
  'record',
];
