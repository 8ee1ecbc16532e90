import { z } from 'zod';
import { configMap } from './config-map';
import { secretName } from './secret';

const connectorStates = ['running', 'paused', 'stopped'] as const;

/** A connector for Kafka Connect. */
export const connector = z.strictObject({
  description: z.string().optional(),
  class: z.string().min(1).describe('the Java class: the setting connector.class'),
  config: configMap
    .default({})
    .describe('all other settings; a secret stands in secrets, or as a placeholder that the workers resolve themselves'),
  secrets: z
    .record(z.string().min(1), secretName)
    .default({})
    .describe('settings whose value is a logical secret, put in when the connector is made; whoever may ask the workers can read it there'),
  state: z.enum(connectorStates).default('running').describe('stopped needs workers of Kafka 3.5'),
});

export type ConnectorDefinition = z.output<typeof connector>;
export type ConnectorTarget = (typeof connectorStates)[number];
