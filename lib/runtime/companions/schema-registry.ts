import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Process } from '../process';
import { defaultReplication } from '../server-properties';
import { clientAccess, prefixed } from './client-access';
import { companionProcess, confluentImage } from './companion-process';
import { confluentProgram, confluentUser } from './confluent-program';

/** Confluent's Schema Registry: keeps the schemas in a topic of the cluster. */
export function schemaRegistryProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.schemaRegistry;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'schema-registry');
  const image = confluentImage(environment, 'cp-schema-registry');
  const { command, ...parts } = confluentProgram({
    companion,
    image,
    variables: 'SCHEMA_REGISTRY',
    program: '/usr/bin/schema-registry-start',
    file: 'schema-registry.properties',
    defaults: { 'kafkastore.topic.replication.factor': defaultReplication(environment).factor },
    owned: {
      listeners: `http://0.0.0.0:${companion.port}`,
      'host.name': addressing.companionHost('schema-registry'),
      'kafkastore.bootstrap.servers': access.addresses.map((address) => `${access.protocol}://${address}`).join(','),
      'kafkastore.topic': companion.topic,
      'schema.compatibility.level': companion.compatibility.toLowerCase(),
      ...access.provider,
      // Once more for the clients it makes, should it hand the references on unresolved.
      ...prefixed('kafkastore.', { ...access.provider, ...access.settings }),
    },
  });
  return companionProcess({
    component: 'schema-registry',
    companion,
    image,
    user: confluentUser,
    command,
    readyPath: '/subjects',
    parts: { ...parts, secretFiles: access.secretFiles },
  });
}
