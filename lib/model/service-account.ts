import { z } from 'zod';
import { secretName } from './secret';

/** Someone who logs in to Kafka: a SCRAM user, or the holder of a client certificate. */
export const serviceAccount = z.strictObject({
  authentication: z
    .enum(['scram-sha-256', 'scram-sha-512', 'mtls'])
    .default('scram-sha-512')
    .describe('a SCRAM password, or a client certificate whose common name is the account'),
  description: z.string().optional(),
  passwordPolicy: z
    .enum(['standard', 'strong'])
    .default('strong')
    .describe('what a generated or given password must have: standard 12 characters, strong 24'),
  rotationDays: z.number().int().min(1).max(3650).optional().describe('how old a credential may become, in days; reported by plan'),
  secret: secretName.optional().describe('the logical secret that holds the password; default: <account>-password'),
  ipAllowlists: z
    .array(z.string())
    .optional()
    .describe('the lists of security.ipAllowlists from which the account may come; default: all of them'),
});

export type ServiceAccount = z.output<typeof serviceAccount>;

/** People or services that share grants: Kafka knows no groups, so grants are given to each member. */
export const userGroup = z.strictObject({
  description: z.string().optional(),
  members: z.array(z.string().min(1)).min(1).describe('service accounts'),
});

export type UserGroup = z.output<typeof userGroup>;
