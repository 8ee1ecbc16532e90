import { afterAll, beforeAll } from '@jest/globals';
import { connectClusterFor, schemaRegistryFor } from '../../../lib/kafka';
import { connectJars, schemaRegistryJars } from '../../support/kafka/jars';
import type { JavaProcess } from '../../support/kafka/java-process';
import { startConnect, startSchemaRegistry } from '../../support/kafka/services';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';
import { connectContract } from './connect-contract';
import { schemaRegistryContract } from './schema-registry-contract';

describeWith(['maven', 'java', 'kafka-4.3.1'], 'the services beside Kafka', () => {
  const started: JavaProcess[] = [];
  beforeAll(async () => {
    await connectJars();
    await schemaRegistryJars();
  });
  afterAll(async () => {
    for (const process of started.reverse()) await process.stop();
  });
  // Removed after what writes there has stopped.
  const temporaryFolder = temporaryFolders();

  schemaRegistryContract('a real schema registry', async () =>
    schemaRegistryFor({ url: await startSchemaRegistry(temporaryFolder('schema-registry'), started) }),
  );

  connectContract('a real worker of Kafka Connect', async () => {
    const { url, config } = await startConnect(temporaryFolder('connect'), started);
    return { connect: connectClusterFor({ url }), config };
  });
});
