import { ClusterFailure } from '../kafka';
import { type OperateCode, OperateError } from './operate-error';

/**
 * Asks a schema registry. What it refuses is told as its own, since the brokers, whose failures are told in the same words, are well.
 * @throws OperateError when it is silent or refuses
 */
export function askingRegistry<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return asking('registry', 'the schema registry', '--schema-registry', ask);
}

/** The same of the workers of Kafka Connect. @throws OperateError when they are silent or refuse */
export function askingConnect<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return asking('connect', 'Kafka Connect', '--connect', ask);
}

async function asking<Answer>(code: OperateCode, who: string, option: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    throw new OperateError(code, `${who}: ${error.message}; look at it and at ${option}, and run again`);
  }
}
