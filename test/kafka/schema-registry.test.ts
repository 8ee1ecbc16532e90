import { memorySchemaRegistry } from '../../lib/kafka';
import { schemaRegistryContract } from '../integration/kafka-services/schema-registry-contract';

schemaRegistryContract('a schema registry in memory', async () => memorySchemaRegistry());
