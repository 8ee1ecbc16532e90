import { z } from 'zod';
import { configMap } from './config-map';
import { disk } from './disk';
import { resources } from './resources';

/** The largest id: Kafka's `node.id` is a signed 32-bit integer, but ports and claims are derived from it. */
export const maximumNodeId = 999;

/** A group of Kafka nodes that differ in nothing but their ids. */
export const nodePool = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$/,
      'is no pool name; begin with a letter, use lower-case letters, digits and hyphens, at most 30',
    ),
  roles: z
    .array(z.enum(['broker', 'controller']))
    .min(1)
    .default(['broker'])
    .describe('broker, controller (KRaft only) or both'),
  ids: z
    .array(z.number().int().min(0).max(maximumNodeId))
    .min(1)
    .describe('the ids of the nodes; data is bound to them, so they are written down and never counted'),
  zone: z.string().min(1).optional().describe("the availability zone of every node of the pool; becomes Kafka's broker.rack"),
  ...resources,
  disks: z.array(disk).min(1),
  config: configMap.default({}).describe('broker settings for this pool alone, over those of kafka.config'),
});

export type NodePool = z.output<typeof nodePool>;
