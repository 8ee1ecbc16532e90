import { z } from 'zod';

/** Kafka settings under Kafka's own dotted keys. Which keys and values exist is the catalogue's to say, per version. */
export const configMap = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .describe("settings under Kafka's own dotted keys, such as 'retention.ms'");

export type ConfigMap = z.output<typeof configMap>;
