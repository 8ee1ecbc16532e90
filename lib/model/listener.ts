import { z } from 'zod';

const scramMechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
export type ScramMechanism = (typeof scramMechanisms)[number];

const common = {
  name: z.string().regex(/^[A-Z][A-Z0-9_]{0,29}$/, 'is no listener name; use capital letters, digits and underscores, at most 30'),
  port: z.number().int().min(1).max(65535).describe('the port inside the container'),
  scope: z
    .enum(['internal', 'external'])
    .default('internal')
    .describe('internal: for clients on the same Kubernetes cluster or Docker network; external: for those outside'),
  allowFrom: z
    .array(z.string())
    .default([])
    .describe('the networks (CIDR) that may reach an external listener; empty: those of security.ipAllowlists, or any'),
  maxConnections: z.number().int().min(1).optional(),
};

/** One door of the brokers: a port, how it is secured, and who may reach it. */
export const listener = z.discriminatedUnion('security', [
  z.strictObject({ ...common, security: z.literal('plaintext') }),
  z.strictObject({ ...common, security: z.literal('tls') }),
  z.strictObject({ ...common, security: z.literal('mtls') }),
  z.strictObject({
    ...common,
    security: z.literal('scram'),
    mechanisms: z
      .array(z.enum(scramMechanisms))
      .min(1)
      .default(['SCRAM-SHA-512'])
      .describe('the SASL mechanisms, always over TLS (SASL_SSL)'),
  }),
]);

export type Listener = z.output<typeof listener>;

/** Kafka's name for how a listener is secured. */
export function securityProtocol(target: Pick<Listener, 'security'>): 'PLAINTEXT' | 'SSL' | 'SASL_SSL' {
  if (target.security === 'plaintext') return 'PLAINTEXT';
  return target.security === 'scram' ? 'SASL_SSL' : 'SSL';
}
