import { z } from 'zod';

/** Kafka's operations, as its own tools write them. */
export const operations = [
  'ALL',
  'READ',
  'WRITE',
  'CREATE',
  'DELETE',
  'ALTER',
  'DESCRIBE',
  'CLUSTER_ACTION',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
  'IDEMPOTENT_WRITE',
] as const;
export type Operation = (typeof operations)[number];

const operation = z.enum(operations);

/** `User:name` or `Group:name`, or the bare name of a service account. */
const principal = z
  .string()
  .regex(/^((User|Group):)?[\w.@*-]+$/, "is no principal; write User:<account>, Group:<user group> or an account's bare name");

/** Who may write to and read from one topic, with the operations spelled out. */
export const topicAccess = z.strictObject({
  producers: z.array(z.strictObject({ principal, operations: z.array(operation).min(1).default(['WRITE', 'DESCRIBE']) })).default([]),
  consumers: z
    .array(
      z.strictObject({
        principal,
        operations: z.array(operation).min(1).default(['READ', 'DESCRIBE']),
        consumerGroups: z.array(z.string().min(1)).default([]).describe('the groups the consumer may join; an ending * makes a prefix'),
      }),
    )
    .default([]),
});

export type TopicAccess = z.output<typeof topicAccess>;

const topicNames = z.array(z.string().min(1)).min(1).describe('topic names; an ending * makes a prefix, * alone means all');

/** What someone needs to be able to do; becomes the exact set of ACLs. */
export const accessIntent = z.discriminatedUnion('intent', [
  z.strictObject({
    intent: z.literal('producer'),
    principal,
    topics: topicNames,
    transactionalIds: z.array(z.string().min(1)).default([]),
  }),
  z.strictObject({ intent: z.literal('consumer'), principal, topics: topicNames, groups: z.array(z.string().min(1)).min(1) }),
  z.strictObject({
    intent: z.literal('streams'),
    principal,
    applicationId: z.string().min(1),
    reads: z.array(z.string().min(1)).default([]),
    writes: z.array(z.string().min(1)).default([]),
  }),
  z.strictObject({
    intent: z.literal('connect'),
    principal,
    group: z.string().min(1),
    storageTopics: z.array(z.string().min(1)).min(1),
    reads: z.array(z.string().min(1)).default([]),
    writes: z.array(z.string().min(1)).default([]),
  }),
  z.strictObject({ intent: z.literal('admin'), principal }),
  z.strictObject({
    intent: z.literal('raw'),
    principal,
    permission: z.enum(['ALLOW', 'DENY']).default('ALLOW'),
    resourceType: z.enum(['TOPIC', 'GROUP', 'CLUSTER', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN']),
    resourceName: z.string().min(1),
    patternType: z.enum(['LITERAL', 'PREFIXED']).default('LITERAL'),
    operations: z.array(operation).min(1),
    hosts: z.array(z.string().min(1)).optional(),
  }),
]);

export type AccessIntent = z.output<typeof accessIntent>;
