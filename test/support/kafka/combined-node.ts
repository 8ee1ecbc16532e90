import { join } from 'node:path';
import { CLUSTER_ID } from '../runtime/environment';
import { propertiesFile } from './properties-file';
import { KafkaTools } from './tools';

/** Formats the data folder of one node of Kafka 4.3, in the clear, that is broker and controller; answers its `server.properties`. */
export async function combinedNode(
  folder: string,
  { broker, controller }: { readonly broker: number; readonly controller: number },
  settings: Readonly<Record<string, string | number>> = {},
): Promise<string> {
  const file = propertiesFile(folder, 'server.properties', {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'log.dirs': join(folder, 'data'),
    'offsets.topic.replication.factor': 1,
    ...settings,
  });
  await new KafkaTools('4.3.1', folder).run('storage', ['format', '--cluster-id', CLUSTER_ID, '--config', file]);
  return file;
}
