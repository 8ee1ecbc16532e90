import { z } from 'zod';
import { connectAccess, schemaRegistryAccess } from './service-login';

/** How far the convergence may go. */
export const convergence = z.strictObject({
  deleteTopics: z.boolean().default(false).describe('delete topics that were ours and are no longer declared'),
  deleteSchemas: z.boolean().default(false).describe('delete subjects of the schema registry that were ours and are no longer declared'),
  schemaRegistry: schemaRegistryAccess.prefault({}),
  connect: connectAccess.prefault({}),
  configPolicy: z
    .enum(['own-declared', 'own-all'])
    .default('own-declared')
    .describe('own-declared: settings that the file does not mention are left alone; own-all: they return to their default'),
  spreadOverRacks: z
    .boolean()
    .default(true)
    .describe('move copies of owned topics that lie in fewer racks (nodePools[].zone) than they could; false: they stay where they are'),
  topics: z
    .enum(['kafkon', 'operator'])
    .default('kafkon')
    .describe('who owns the topics of a cluster that Strimzi runs: the convergence, or the operator by KafkaTopic resources'),
  aclPolicy: z
    .enum(['exact', 'own-declared'])
    .default('exact')
    .describe('exact: an account of the file that has other grants than the file gives it is a drift; own-declared: it is only noted'),
});

export type Convergence = z.output<typeof convergence>;
