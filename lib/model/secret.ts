import { z } from 'zod';

/** A secret by its logical name. Its value is bound under `platform` or given at run time; it never stands in a file. */
export const secretName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'is no secret name; use lower-case letters, digits and hyphens');

export const secret = z.strictObject({
  description: z.string().optional(),
});

export type Secret = z.output<typeof secret>;
