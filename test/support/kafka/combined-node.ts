import { CLUSTER_ID } from '../runtime/environment';
import { type CombinedPorts, combinedSettings } from './combined-settings';
import { KafkaTools } from './tools';

/** Formats the data folder of one node of Kafka 4.3, in the clear, that is broker and controller; answers its `server.properties`. */
export async function combinedNode(
  folder: string,
  ports: CombinedPorts,
  settings: Readonly<Record<string, string | number>> = {},
): Promise<string> {
  const file = combinedSettings(folder, ports, settings);
  await new KafkaTools('4.3.1', folder).run('storage', ['format', '--cluster-id', CLUSTER_ID, '--config', file]);
  return file;
}
