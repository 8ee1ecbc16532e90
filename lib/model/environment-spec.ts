import { z } from 'zod';
import { accessIntent, topicAccess } from './access';
import { backup } from './backup';
import { clientProfile } from './client-profile';
import { companions } from './companion';
import { connector } from './connector';
import { convergence } from './convergence';
import { kafka } from './kafka';
import { kind } from './kind';
import { listener } from './listener';
import { metadata, uuid } from './metadata';
import { monitoring } from './monitoring';
import { nodePool } from './node-pool';
import { platformDocker } from './platform-docker';
import { platformKubernetes } from './platform-kubernetes';
import { quota } from './quota';
import { schemaDefinition } from './schema-subject';
import { secret, secretName } from './secret';
import { security } from './security';
import { serviceAccount, userGroup } from './service-account';
import { topic } from './topic';
import { waiver } from './waiver';

const topicName = z
  .string()
  .max(249, 'is longer than the 249 characters Kafka allows')
  .regex(/^(?!\.{1,2}$)[a-zA-Z0-9._-]+$/, 'is no topic name; use letters, digits, dots, underscores and hyphens');

const accountName = z.string().regex(/^[\w.@-]{1,200}$/, 'is no account name; use letters, digits, dots, underscores, hyphens and @');

/**
 * What a merged environment file says: the one source of types, defaults, limits and documentation. Everything else is derived
 * from it, the JSON Schema for editors too.
 */
export const environmentSpec = z.strictObject({
  name: z
    .string()
    .max(50, 'is longer than 50 characters')
    .regex(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/, 'is no environment name; use letters, digits and hyphens')
    .describe('the name of the cluster; at most 50 letters, digits and hyphens'),
  description: z.string().optional(),
  kind,
  tags: z.record(z.string(), z.string()).default({}).describe('labels for people: team, project, cost centre'),
  clusterId: uuid.optional().describe('the id of the cluster: required for KRaft; for ZooKeeper pinned after the first start'),
  kafka,
  metadata,
  nodePools: z.array(nodePool).min(1).describe('the Kafka nodes'),
  listeners: z.array(listener).min(1).describe('the doors for clients; the first internal one is for the programs beside the cluster'),
  interBrokerListener: z
    .string()
    .optional()
    .describe(
      'the listener that brokers use among themselves; default: the first internal one where it is plaintext, else a REPLICATION listener with mutual TLS on port 9091',
    ),
  authorization: z
    .enum(['none', 'acl'])
    .default('none')
    .describe('acl: Kafka checks every request; none: accounts and grants are kept as intent and not enforced'),
  superUsers: z.array(accountName).default([]).describe('accounts to whom no ACL applies, beside the brokers and the convergence'),
  security: security.prefault({}),
  topics: z.record(topicName, topic).default({}),
  protectedTopics: z
    .array(z.string().min(1))
    .default([])
    .describe('topics that are never deleted without leave by name; an ending * makes a prefix'),
  schemas: z.record(z.string().min(1), schemaDefinition).default({}),
  connectors: z.record(z.string().min(1), connector).default({}).describe('what Kafka Connect runs, by name'),
  serviceAccounts: z.record(accountName, serviceAccount).default({}),
  userGroups: z.record(accountName, userGroup).default({}),
  topicAccess: z.record(z.string().min(1), topicAccess).default({}).describe('who writes and reads, by topic; an ending * makes a prefix'),
  access: z.array(accessIntent).default([]).describe('what someone needs to be able to do'),
  quotas: z.array(quota).default([]),
  clients: z.record(z.string().min(1), clientProfile).default({}).describe('settings advised to clients'),
  monitoring: monitoring.prefault({}),
  companions: companions.default({}),
  convergence: convergence.prefault({}),
  backup: backup.optional().describe('what is kept of the cluster beside itself; default: nothing'),
  secrets: z.record(secretName, secret).default({}).describe('logical secrets, beside those that accounts and companions imply'),
  platform: z.strictObject({ kubernetes: platformKubernetes.prefault({}), docker: platformDocker.prefault({}) }).prefault({}),
  waivers: z.array(waiver).default([]),
});

export type EnvironmentSpec = z.output<typeof environmentSpec>;
/** What a caller may write: everything with a default is optional. */
export type EnvironmentInput = z.input<typeof environmentSpec>;
