import type { Network } from '@cdktf/provider-docker/lib/network';
import type { Construct } from 'constructs';
import type { Environment } from '../model';
import type { Process } from '../runtime';
import { Preparation } from './preparation';
import { ProcessContainer } from './process-container';
import { storedDirectories } from './storage';

/** Processes that one construct runs. */
export interface ProcessGroupProps {
  readonly environment: Environment;
  /** `kafka`, `zookeeper`, `companions`: part of the names of what the containers share. */
  readonly stem: string;
  readonly processes: readonly Process[];
  readonly networks: readonly Network[];
}

/** Runs processes below `scope`: their volumes, what prepares them, and a container for each. */
export function createProcessGroup(scope: Construct, { environment, stem, processes, networks }: ProcessGroupProps): void {
  const stored = processes.map((process) => ({ process, directories: storedDirectories(scope, environment, process) }));
  const directories = stored.flatMap((each) => each.directories);
  const preparation = new Preparation(scope, 'Preparation', { environment, stem, processes, directories });
  for (const { process, directories: own } of stored) {
    const data = own.map(({ mount }) => mount);
    new ProcessContainer(scope, process.name, { environment, process, networks, data, preparation });
  }
}
