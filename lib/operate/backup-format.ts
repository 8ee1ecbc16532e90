import { z } from 'zod';
import { operations } from '../model';

/**
 * The format of what is written. A reader takes this one and all before it, and refuses any after it. 2 has connectors, quotas of
 * addresses and where replicas were.
 */
export const backupFormat = 2;

const text = z.string();
const whole = z.int().min(0);
const offset = z.string().regex(/^\d{1,19}$/, 'is no offset; write a whole number in quotes');
const partition = z.string().regex(/^.+-\d+$/, 'names no partition; write <topic>-<number>');
const settings = z.record(text, text);
const limit = z.enum([
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
  'connection_creation_rate',
]);

const topic = z.strictObject({
  name: text.min(1),
  partitions: z.int().min(1),
  replicationFactor: z.int().min(1),
  config: settings,
  /** The brokers of each partition, its preferred leader first; for who wants to know, since a restoration leaves that to the cluster. */
  placement: z.array(z.array(whole)).optional(),
});

const brokerConfig = z.strictObject({ broker: z.union([whole, z.literal('all')]), config: settings });

const acl = z.strictObject({
  principal: text,
  host: text,
  operation: z.enum(operations),
  permission: z.enum(['ALLOW', 'DENY']),
  resourceType: z.enum(['TOPIC', 'GROUP', 'CLUSTER', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN']),
  resourceName: text,
  patternType: z.enum(['LITERAL', 'PREFIXED']),
});

const user = z.strictObject({ user: text.min(1), mechanism: z.enum(['SCRAM-SHA-256', 'SCRAM-SHA-512']), iterations: z.int().min(1) });

const quota = z.strictObject({
  user: text.nullable().optional(),
  clientId: text.nullable().optional(),
  ip: text.nullable().optional(),
  limits: z.partialRecord(limit, z.number()),
});

const group = z.strictObject({ group: text, offsets: z.record(partition, offset) });

const compatibility = z.enum(['NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE', 'FORWARD', 'FORWARD_TRANSITIVE', 'FULL', 'FULL_TRANSITIVE']);

const schemaVersion = z.strictObject({
  version: z.int().min(1),
  id: whole,
  type: z.enum(['AVRO', 'JSON', 'PROTOBUF']),
  text,
  references: z.array(z.strictObject({ name: text, subject: text, version: z.int().min(1) })),
});

const subject = z.strictObject({ subject: text, compatibility: compatibility.nullable(), versions: z.array(schemaVersion).min(1) });

const schemas = z.strictObject({ compatibility: compatibility.nullable(), subjects: z.array(subject) });

const connector = z.strictObject({
  name: text.min(1),
  type: z.enum(['source', 'sink', 'unknown']),
  state: z.enum(['running', 'paused', 'stopped']),
  /** Without what is secret. */
  config: settings,
  /** Settings that held a secret: the logical one that was declared for each, or null where nobody declared any. */
  secrets: z.record(text, text.nullable()),
});

/**
 * A backup of everything a cluster knows but its records: what `backup create` writes and `backup restore` takes. Secrets are in none
 * of it. Lists are in the order of their names.
 */
export const backup = z.strictObject({
  formatVersion: z.literal([1, backupFormat]),
  /** Name and version of the program that wrote it. */
  tool: text,
  /** ISO 8601. */
  createdAt: z.iso.datetime(),
  environment: text.min(1),
  clusterId: text.min(1),
  /** As the environment declares it. */
  kafkaVersion: text,
  /** Whether an authorizer ran; without one there are no ACLs to know of. */
  authorizer: z.boolean(),
  topics: z.array(topic),
  brokerConfigs: z.array(brokerConfig),
  acls: z.array(acl),
  users: z.array(user),
  quotas: z.array(quota),
  groups: z.array(group),
  /** Null where no registry was named. */
  schemas: schemas.nullable(),
  /** By name; null where no workers were named. */
  connectors: z.array(connector).nullable(),
});

export type Backup = z.output<typeof backup>;
export type BackupSchemas = z.output<typeof schemas>;
export type BackupConnector = z.output<typeof connector>;
/** The parts that are lists, in the order in which they are written. */
export const backupLists = ['topics', 'brokerConfigs', 'acls', 'users', 'quotas', 'groups'] as const;
export type BackupList = (typeof backupLists)[number];
/** What stands before the lists. */
export type BackupHead = Omit<Backup, BackupList | 'schemas' | 'connectors'>;
