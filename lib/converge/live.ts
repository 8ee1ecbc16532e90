import type { ClusterDescription, ConfigEntry, KafkaAdmin, QuotaEntry, ScramCredential } from '../kafka';
import { ClusterFailure, partitionKey } from '../kafka';
import { type AclEntry, aclKey } from '../model';
import { ConvergeError } from './converge-error';
import { type Desired, type DesiredUser, sorted, userKey } from './desired';
import { aclDigest } from './fingerprint';
import { type LiveGroup, readBrokerConfigs, readLiveGroups } from './live-groups';
import { readServices, type ServicePorts, type ServiceScope, type ServiceState, serviceScope } from './live-services';
import { readMovingTopics, settledReplicas } from './moving-topics';
import type { Ownership, OwnershipStore } from './ownership';
import { isPassword, type SecretSource } from './secrets';

/** What a plan has to know of a cluster: only the topics and settings that matter to it. */
export interface Live extends ServiceState {
  readonly clusterId: string;
  readonly brokers: ClusterDescription['brokers'];
  /** Where the cluster keeps its metadata. */
  readonly metadata: 'zookeeper' | 'kraft';
  /**
   * Up to which offset the log of the metadata was committed, and known to every node, before all else was read; undefined where a node is
   * behind, and with ZooKeeper, which has no such log.
   */
  readonly committed?: bigint | undefined;
  /** Those in the scope that are there. */
  readonly topics: ReadonlyMap<string, LiveTopic>;
  /** Of the principals in the scope, by `aclKey`; undefined where the cluster authorizes nothing. */
  readonly acls: ReadonlyMap<string, AclEntry> | undefined;
  readonly users: ReadonlyMap<string, readonly ScramCredential[]>;
  readonly quotas: readonly QuotaEntry[];
  /** Settings made while brokers run, of those in the scope. */
  readonly brokerConfigs?: ReadonlyMap<number | 'all', ReadonlyMap<string, string>>;
  /** Those in the scope that are there. */
  readonly groups?: ReadonlyMap<string, LiveGroup>;
  readonly ownership: Ownership;
  /** What the secrets have to say about the passwords that were set, by `userKey`. */
  readonly passwords: ReadonlyMap<string, PasswordState>;
  /** What changes would touch; undefined until it was asked for. */
  readonly impact: Impact | undefined;
  /** When it was read, ISO 8601. */
  readonly at: string;
}

/** `unknown`: the secret has no value here, so nothing can be said. */
export type PasswordState = 'same' | 'changed' | 'never-set' | 'unknown';

export interface LiveTopic {
  /** The replicas of each partition by its id; where they are being moved, those they shall have. */
  readonly replicas: readonly (readonly number[])[];
  readonly moving: boolean;
  /** Settings made on the topic itself. */
  readonly config: ReadonlyMap<string, string>;
  /** Inherited values of the settings in the scope. */
  readonly inherited: ReadonlyMap<string, string>;
}

/** What hangs on topics that would change. */
export interface Impact {
  /** Consumer groups whose members read a topic now. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Bytes of the largest replica of each partition, by topic. */
  readonly bytes: ReadonlyMap<string, readonly number[]>;
}

/** What is read of a cluster; part of a plan, so that apply can look at the same things again. */
export interface Scope extends ServiceScope {
  readonly topics: readonly string[];
  readonly settings: readonly string[];
  /** Also every other setting that is made on a topic. */
  readonly allSettings: boolean;
  readonly users: boolean;
  readonly quotas: boolean;
  /** Whose dynamic settings. @default nobody's */
  readonly brokers?: readonly (number | 'all')[];
  /** Whose offsets. @default nobody's */
  readonly groups?: readonly string[];
}

export function scopeOf(desired: Desired, ownership: Ownership): Scope {
  const owned = [...ownership.topics];
  const topics = new Set([...desired.topics.map(({ name }) => name), ...owned.map(([name]) => name)]);
  const settings = new Set([...desired.topics.flatMap(({ config }) => Object.keys(config)), ...owned.flatMap(([, keys]) => keys)]);
  return {
    topics: [...topics].sort(),
    settings: [...settings].sort(),
    allSettings: desired.configPolicy === 'own-all',
    users: desired.users.length > 0 || ownership.users.size > 0,
    quotas: desired.quotas.length > 0 || ownership.quotas.size > 0,
    ...(desired.brokerConfigs === undefined ? {} : { brokers: desired.brokerConfigs.map(({ broker }) => broker) }),
    ...(desired.groupOffsets === undefined ? {} : { groups: desired.groupOffsets.map(({ group }) => group) }),
  };
}

/** Where the state of a cluster is read from. */
export interface Sources extends ServicePorts {
  readonly admin: KafkaAdmin;
  readonly ownership: OwnershipStore;
  readonly secrets: SecretSource;
  /** @default - the clock */
  readonly now?: () => Date;
}

/**
 * Reads what a plan needs, in as few requests as there are kinds of things, side by side.
 * @throws ConvergeError when this is another cluster, belongs to another environment, or doesn't show its topics
 * @throws ClusterFailure when nobody answers
 */
export async function readLive(desired: Desired, sources: Sources): Promise<Live> {
  // Side by side: neither says what the other asks for. What this run has to say of the record comes first.
  const [reading, identity] = [sources.ownership.read(), identify(sources.admin, desired.clusterId)];
  identity.catch(() => undefined);
  const ownership = await reading;
  if (ownership.environment !== undefined && ownership.environment !== desired.environment)
    throw new ConvergeError(
      'other-environment',
      `the cluster is kept by the environment ${ownership.environment}, not ${desired.environment}; use that one, or release what it owns first`,
    );
  const state = await readScope(scopeOf(desired, ownership), sources.admin, await identity, ownership.topics);
  const passwords = new Map<string, PasswordState>();
  for (const user of desired.users) passwords.set(userKey(user), await passwordState(user, ownership, sources.secrets));
  const services = await readServices(serviceScope(desired, ownership), sources, desired.connectors, sources.secrets);
  return { ...state, ...services, ownership, passwords, impact: undefined, at: (sources.now?.() ?? new Date()).toISOString() };
}

/** The part of the live state that the cluster itself answers. */
export type ClusterState = Pick<
  Live,
  'clusterId' | 'brokers' | 'metadata' | 'committed' | 'topics' | 'acls' | 'users' | 'quotas' | 'brokerConfigs' | 'groups'
>;

/** A cluster that is the right one, and whose nodes all know what was written before. */
export interface Identity {
  readonly cluster: ClusterDescription;
  readonly metadata: Live['metadata'];
  readonly committed: Live['committed'];
}

/**
 * Asks a cluster who it is; `clusterId` is the id it must have, where one is known.
 * @throws ConvergeError when this is another cluster
 * @throws ClusterFailure when nobody answers
 */
export async function identify(admin: KafkaAdmin, clusterId: string | undefined): Promise<Identity> {
  // The id first and alone: an answer of the wrong cluster is of no use to anybody.
  const cluster = await admin.cluster();
  if (clusterId !== undefined && cluster.clusterId !== clusterId)
    throw new ConvergeError(
      'wrong-cluster',
      `this is the cluster ${cluster.clusterId}, and the environment is pinned to ${clusterId}; look at the address, or pin it anew`,
    );
  return { cluster, ...(await caughtUp(admin)) };
}

/** Some names. */
interface Named {
  has(name: string): boolean;
}

/** Reads a scope. Of topics that are `likely` there the settings are asked for at once, of others when they are known to be there. */
export async function readScope(scope: Scope, admin: KafkaAdmin, identity: Identity, likely: Named): Promise<ClusterState> {
  const { brokers = [], groups: wanted = [] } = scope;
  const { cluster, metadata, committed } = identity;
  const ids = new Set(cluster.brokers.map(({ id }) => id));
  const [mayList, topics, acls, users, quotas, brokerConfigs, groups] = await Promise.all([
    admin.mayListTopics(),
    scope.topics.length === 0 ? [] : readTopics(scope, cluster, admin, likely),
    readAcls(admin),
    scope.users ? admin.scramUsers() : new Map<string, readonly ScramCredential[]>(),
    scope.quotas ? admin.quotas() : [],
    readBrokerConfigs(
      brokers.filter((broker) => broker === 'all' || ids.has(broker)),
      admin,
    ),
    wanted.length === 0 ? new Map<string, LiveGroup>() : readLiveGroups(wanted, admin),
  ]);
  if (!mayList)
    throw new ConvergeError(
      'not-authorized',
      'this account may not see the topics, so that nothing can be said of them; use a super user, or grant it DESCRIBE on all topics',
    );
  const { clusterId: id, brokers: present } = cluster;
  return { clusterId: id, brokers: present, metadata, committed, topics: new Map(topics), acls, users, quotas, brokerConfigs, groups };
}

const catchUpMs = 5_000;

/** Waits until every node has the metadata that the leader has: a plan made right after a write must see it. With ZooKeeper nobody can tell. */
async function caughtUp(admin: KafkaAdmin): Promise<Pick<Identity, 'metadata' | 'committed'>> {
  const deadline = Date.now() + catchUpMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    const log = await admin.metadataLog();
    if (log === undefined) return { metadata: 'zookeeper', committed: undefined };
    const level = [...log.lag.values()].every((records) => records <= 0n);
    // Of a node that stays behind nobody can tell how far what it says is.
    if (level || Date.now() > deadline) return { metadata: 'kraft', committed: level ? log.committed : undefined };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function readTopics(
  scope: Scope,
  { brokers }: ClusterDescription,
  admin: KafkaAdmin,
  likely: Named,
): Promise<readonly (readonly [string, LiveTopic])[]> {
  const early = scope.topics.filter((name) => likely.has(name));
  const [{ topics: descriptions, moves }, known] = await Promise.all([
    readMovingTopics(admin, brokers, scope.topics),
    readSettings(early, scope, admin),
  ]);
  const late = descriptions.map(({ name }) => name).filter((name) => !likely.has(name));
  const all = [...known, ...(await readSettings(late, scope, admin))];
  return descriptions.map(({ name, partitions }) => {
    const config = new Map<string, string>();
    const inherited = new Map<string, string>();
    for (const settings of all)
      for (const { key, value, source } of settings.get(name) ?? [])
        if (value !== null) (source === 'topic' ? config : inherited).set(key, value);
    return [
      name,
      {
        replicas: partitions.map((partition) => settledReplicas(name, partition, moves)),
        moving: partitions.some(({ id }) => moves.has(partitionKey(name, id))),
        config,
        inherited,
      },
    ] as const;
  });
}

/** Of topics, the settings that matter, and all that are made on them where those matter. */
async function readSettings(names: readonly string[], { settings, allSettings }: Scope, admin: KafkaAdmin): Promise<readonly Settings[]> {
  if (names.length === 0) return [];
  return Promise.all([
    ...(settings.length === 0 ? [] : [admin.topicConfigs(names, settings)]),
    ...(allSettings ? [admin.topicConfigs(names)] : []),
  ]);
}

type Settings = ReadonlyMap<string, readonly ConfigEntry[]>;

/** Undefined where no authorizer runs. Asked for always: one that runs against what was declared must not go unnoticed. */
async function readAcls(admin: KafkaAdmin): Promise<ReadonlyMap<string, AclEntry> | undefined> {
  try {
    return new Map(sorted(await admin.acls(), aclKey).map((entry) => [aclKey(entry), entry]));
  } catch (error) {
    if (error instanceof ClusterFailure && error.reason === 'unsupported') return undefined;
    throw error;
  }
}

async function passwordState(user: DesiredUser, ownership: Ownership, secrets: SecretSource): Promise<PasswordState> {
  const known = ownership.users.get(userKey(user))?.password;
  const password = await secrets.read(user.secret);
  if (password === undefined) return 'unknown';
  if (known === undefined) return 'never-set';
  return (await isPassword(password, known)) ? 'same' : 'changed';
}

/** What is owned of the live ACLs, as keys. */
export function ownedAcls(acls: ReadonlyMap<string, AclEntry>, owned: ReadonlySet<string>): ReadonlySet<string> {
  if (owned.size === 0) return new Set();
  return new Set([...acls].filter(([, entry]) => owned.has(aclDigest(entry))).map(([key]) => key));
}
