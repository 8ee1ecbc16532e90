import { z } from 'zod';

export const compatibilityLevels = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const;

/** A schema for the registry. */
export const schemaDefinition = z.strictObject({
  type: z.enum(['AVRO', 'JSON', 'PROTOBUF']).default('AVRO'),
  description: z.string().optional(),
  file: z
    .string()
    .min(1)
    .optional()
    .describe('the schema, in a file whose path begins at the environment file; without file and text the registry is expected to have it'),
  text: z.string().min(1).optional().describe('the schema itself, where it is in no file of its own'),
  compatibility: z.enum(compatibilityLevels).optional().describe('what new versions of its subjects must be; absent: left as it is'),
  subjects: z
    .array(z.string().min(1))
    .optional()
    .describe('where it is registered; default: <topic>-value or <topic>-key of every topic that names it, else its own name'),
  references: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('as the text has it: a type in Avro, a file in Protobuf, a URL in JSON Schema'),
        schema: z.string().min(1).describe('a name under schemas'),
      }),
    )
    .default([]),
});

export type SchemaDefinition = z.output<typeof schemaDefinition>;
