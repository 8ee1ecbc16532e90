import { z } from 'zod';

/** What one user, one client id, or a pair of them may take. `default` stands for all that have no quota of their own. */
export const quota = z.strictObject({
  user: z.string().min(1).optional(),
  clientId: z.string().min(1).optional(),
  producerByteRate: z.number().int().positive().optional().describe('bytes per second and broker'),
  consumerByteRate: z.number().int().positive().optional().describe('bytes per second and broker'),
  requestPercentage: z.number().positive().optional().describe('percent of the time of one request handler thread'),
  controllerMutationRate: z.number().positive().optional().describe('partitions created or deleted per second'),
});

export type Quota = z.output<typeof quota>;
