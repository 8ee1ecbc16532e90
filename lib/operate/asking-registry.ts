import { ClusterFailure } from '../kafka';
import { OperateError } from './operate-error';

/**
 * Asks a schema registry. What it refuses is told as its own, since the brokers, whose failures are told in the same words, are well.
 * @throws OperateError when it is silent or refuses
 */
export async function askingRegistry<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    throw new OperateError('registry', `the schema registry: ${error.message}; look at it and at --schema-registry, and run again`);
  }
}
