import { z } from 'zod';
import { bytes } from './quantity';

/** One volume of a node. */
export const disk = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/, 'is no volume name; use lower-case letters, digits and hyphens, at most 22'),
  size: bytes,
  purpose: z
    .enum(['data', 'logs'])
    .default('data')
    .describe(
      "data: a log directory of Kafka's (several make JBOD) or ZooKeeper's snapshots; logs: the program's own log files, or ZooKeeper's transaction log",
    ),
});

export type Disk = z.output<typeof disk>;
