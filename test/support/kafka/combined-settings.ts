import { join } from 'node:path';
import { propertiesFile } from './properties-file';

/** Ports of a node that is broker and controller. */
export interface CombinedPorts {
  readonly broker: number;
  readonly controller: number;
}

/** Writes the `server.properties` of one KRaft node, in the clear, that is broker and controller; answers its path. */
export function combinedSettings(
  folder: string,
  { broker, controller }: CombinedPorts,
  settings: Readonly<Record<string, string | number>> = {},
): string {
  return propertiesFile(folder, 'server.properties', {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'log.dirs': join(folder, 'data'),
    'offsets.topic.replication.factor': 1,
    ...settings,
  });
}
