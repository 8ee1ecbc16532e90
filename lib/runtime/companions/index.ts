import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Process } from '../process';

/** The processes of every declared companion. */
export function companionProcesses(_environment: Environment, _addressing: Addressing): readonly Process[] {
  return [];
}
