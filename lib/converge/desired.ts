import { type QuotaEntry, type QuotaLimit, quotaKey } from '../kafka';
import {
  type AclEntry,
  accountSecret,
  aclSet,
  aclsOf,
  convergedPart,
  type Environment,
  type Kind,
  type Quota,
  type ScramMechanism,
} from '../model';
import { desiredConnectors } from './desired-connectors';
import { desiredSchemas } from './desired-schemas';
import type { DesiredServices } from './live-services';
import { recordGuards } from './record-guard';

/** What a cluster shall hold: the part of an environment that lives in Kafka. Plain data, sorted, each thing once. */
export interface Desired extends DesiredServices {
  readonly environment: string;
  readonly kind: Kind;
  /** The id that the cluster must have; without one nothing is written, except in development. */
  readonly clusterId: string | undefined;
  readonly authorization: 'none' | 'acl';
  /** By name. */
  readonly topics: readonly DesiredTopic[];
  /** By name. Empty where no listener asks for a password. */
  readonly users: readonly DesiredUser[];
  /** By `aclKey`. Empty where nothing is authorized. With the refusals that guard the record of what is owned. */
  readonly acls: readonly AclEntry[];
  /** Every account that is declared, as ACLs name it, with grants or without; sorted. */
  readonly accounts: readonly string[];
  /** By `quotaKey`. */
  readonly quotas: readonly QuotaEntry[];
  readonly deleteTopics: boolean;
  /** Whether copies that lie in fewer racks than they could are moved. */
  readonly spreadOverRacks: boolean;
  readonly configPolicy: 'own-declared' | 'own-all';
  /** Whether other grants of declared accounts are a drift. */
  readonly aclPolicy: 'exact' | 'own-declared';
  /** Names, and prefixes that end in `*`. */
  readonly protectedTopics: readonly string[];
  /** What was declared and makes no steps, because the cluster asks for neither. */
  readonly unenforced: { readonly acls: number; readonly users: number };
  /** Dynamic settings of brokers. An environment has none of them, a backup may. @default none */
  readonly brokerConfigs?: readonly DesiredBrokerConfig[];
  /** Committed offsets of groups, by group. An environment has none of them, a backup may. @default none */
  readonly groupOffsets?: readonly DesiredGroupOffsets[];
}

export interface DesiredTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Values as Kafka writes them. */
  readonly config: Readonly<Record<string, string>>;
}

export interface DesiredUser {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  /** The logical secret that holds the password. */
  readonly secret: string;
  /** How old the password may become, in days. */
  readonly rotationDays?: number;
}

/** Settings made while brokers run, of one broker or of all. */
export interface DesiredBrokerConfig {
  readonly broker: number | 'all';
  /** Values as Kafka writes them. */
  readonly config: Readonly<Record<string, string>>;
}

/** Where a group shall go on reading. */
export interface DesiredGroupOffsets {
  readonly group: string;
  /** By `topic-partition`; whole numbers in decimal, since they may be larger than JSON's readers keep exactly. */
  readonly offsets: Readonly<Record<string, string>>;
}

/** How a user's credential is named in records, plans and outcomes. */
export function userKey({ user, mechanism }: Pick<DesiredUser, 'user' | 'mechanism'>): string {
  return `${user}/${mechanism}`;
}

/** What an environment wants of its cluster. Pure; the order in which things were declared makes no difference. */
export function desiredOf(declared: Environment): Desired {
  const environment = convergedPart(declared);
  const acls = aclsOf(environment);
  const users = usersOf(environment);
  const authorizes = environment.authorization === 'acl';
  const asksForPasswords = environment.listeners.some(({ security }) => security === 'scram');
  return {
    environment: environment.name,
    kind: environment.kind,
    clusterId: environment.clusterId,
    authorization: environment.authorization,
    topics: environment.topics.map(({ name, partitions, replicationFactor, config }) => ({
      name,
      partitions,
      replicationFactor,
      config: Object.fromEntries(sorted(Object.entries(config), ([key]) => key).map(([key, value]) => [key, String(value)])),
    })),
    users: asksForPasswords ? users : [],
    acls: authorizes ? guarded(acls) : [],
    accounts: accountsIn(environment, acls),
    quotas: sorted(environment.quotas.map(quotaOf), quotaKey),
    deleteTopics: environment.convergence.deleteTopics,
    spreadOverRacks: environment.convergence.spreadOverRacks,
    configPolicy: environment.convergence.configPolicy,
    aclPolicy: environment.convergence.aclPolicy,
    protectedTopics: [...new Set(environment.protectedTopics)].sort(),
    unenforced: { acls: authorizes ? 0 : acls.length, users: asksForPasswords ? 0 : users.length },
    schemas: desiredSchemas(environment),
    connectors: desiredConnectors(environment),
  };
}

/** The environment's ACLs with what keeps them away from the record. */
function guarded(acls: readonly AclEntry[]): readonly AclEntry[] {
  const guards = recordGuards(acls);
  return guards.length === 0 ? acls : aclSet([...acls, ...guards]);
}

function accountsIn({ serviceAccounts }: Environment, acls: readonly AclEntry[]): readonly string[] {
  const declared = Object.keys(serviceAccounts).map((name) => `User:${name}`);
  return [...new Set([...declared, ...acls.map(({ principal }) => principal)])].sort();
}

function usersOf(environment: Environment): readonly DesiredUser[] {
  const users = Object.entries(environment.serviceAccounts).flatMap(([user, { authentication, rotationDays }]): DesiredUser[] => {
    if (authentication === 'mtls') return [];
    const mechanism = authentication === 'scram-sha-256' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512';
    return [{ user, mechanism, secret: accountSecret(environment, user), ...(rotationDays === undefined ? {} : { rotationDays }) }];
  });
  return sorted(users, userKey);
}

const limitNames = {
  producerByteRate: 'producer_byte_rate',
  consumerByteRate: 'consumer_byte_rate',
  requestPercentage: 'request_percentage',
  controllerMutationRate: 'controller_mutation_rate',
} as const satisfies Partial<Record<keyof Quota, QuotaLimit>>;

/** `default` stands for all that have no quota of their own; Kafka says null. */
function quotaOf(quota: Quota): QuotaEntry {
  const subject = (name: string | undefined) => (name === 'default' ? null : name);
  const limits = Object.entries(limitNames).flatMap(([ours, theirs]): [QuotaLimit, number][] => {
    const value = quota[ours as keyof typeof limitNames];
    return value === undefined ? [] : [[theirs, value]];
  });
  return {
    ...(quota.user === undefined ? {} : { user: subject(quota.user) }),
    ...(quota.clientId === undefined ? {} : { clientId: subject(quota.clientId) }),
    limits: Object.fromEntries(limits),
  };
}

/** A copy in the order of a key, by code units: the same on every machine. */
export function sorted<Item>(items: Iterable<Item>, key: (item: Item) => string): Item[] {
  return [...items]
    .map((item) => ({ item, by: key(item) }))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
    .map(({ item }) => item);
}
