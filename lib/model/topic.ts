import { z } from 'zod';
import { configMap } from './config-map';
import { compatibilityLevels } from './schema-subject';

/** What flows through a topic: the input of the capacity rule. */
const load = z.strictObject({
  messagesPerSecond: z.number().positive(),
  messageBytes: z.number().int().positive().describe('the average record, compressed, with its key and headers, in bytes'),
});

/** The schemas of a topic's records, by name under `schemas`. */
const topicSchema = z.strictObject({
  valueSchema: z.string().min(1).optional(),
  keySchema: z.string().min(1).optional(),
  compatibility: z.enum(compatibilityLevels).optional(),
});

/** What a file may say of one topic, in `defaults` and under `topics`. */
export const topic = z.strictObject({
  description: z.string().optional(),
  owner: z.string().optional().describe('the team to ask'),
  partitions: z.number().int().min(1).max(200_000).default(3),
  replicationFactor: z.number().int().min(1).max(32767).default(3),
  config: configMap.default({}).describe("topic settings under Kafka's dotted keys"),
  schema: topicSchema.optional(),
  load: load.optional(),
  clientSettings: z
    .strictObject({ producer: configMap.default({}), consumer: configMap.default({}) })
    .prefault({})
    .describe('settings advised to the clients of this topic; never sent to a broker'),
  thresholds: z
    .strictObject({
      consumerLagWarning: z.number().int().positive().optional(),
      consumerLagCritical: z.number().int().positive().optional(),
    })
    .optional(),
});

export type TopicSpec = z.output<typeof topic>;

/** One topic of a resolved environment. */
export interface Topic extends TopicSpec {
  readonly name: string;
  /** A protected topic is deleted, shrunk or emptied only with leave given for it by name. */
  readonly protected: boolean;
}
