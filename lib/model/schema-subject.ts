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
    .describe('the schema, in a file beside the environment file; absent: the registry is expected to have it'),
  compatibility: z.enum(compatibilityLevels).optional(),
  references: z.array(z.strictObject({ name: z.string().min(1), schema: z.string().min(1).describe('a name under schemas') })).default([]),
});

export type SchemaDefinition = z.output<typeof schemaDefinition>;
