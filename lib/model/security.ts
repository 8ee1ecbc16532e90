import { z } from 'zod';

/** What the environment demands of itself. Each demand is a rule, an effect, or a notice that says what Kafka cannot do. */
export const security = z.strictObject({
  mfaRequiredForAdmin: z
    .boolean()
    .default(false)
    .describe('Kafka knows no second factor: administrators must then hold a client certificate, and a notice says what is not enforced'),
  encryptionRequired: z.boolean().default(false).describe('no listener, and no link to the metadata, may be plaintext'),
  auditLogging: z.boolean().default(false).describe("the authorizer's decisions are logged"),
  strictMode: z.boolean().default(false).describe('warnings are errors'),
  ipAllowlists: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe('named lists of networks; a single address becomes the host of ACLs, a network a NetworkPolicy block on Kubernetes'),
});
