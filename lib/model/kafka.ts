import { z } from 'zod';
import { configMap } from './config-map';
import { imageOverride } from './image';

/** Which Kafka runs, and its broker settings. */
export const kafka = z
  .strictObject({
    distribution: z
      .enum(['apache', 'confluent'])
      .default('apache')
      .describe('the image family: where programs lie in the image, which user they run as, how they log'),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, "is no release; write three numbers in quotes, such as '3.9.2'")
      .describe("the distribution's own release: 3.9.2 for Apache's, 7.6.0 for Confluent's (which carries Kafka 3.6)"),
    image: imageOverride.optional(),
    config: configMap.default({}).describe('broker settings for every broker'),
    jvmOptions: z.array(z.string()).default([]).describe('options added to the JVM of every Kafka node'),
  })
  .describe('which Kafka runs, and the settings of its brokers');
