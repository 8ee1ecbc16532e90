import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Process } from '../process';
import type { SettingValues } from '../properties';
import { defaultReplication } from '../server-properties';
import { companionUrl } from './addresses';
import { clientAccess, prefixed } from './client-access';
import { companionProcess, confluentImage } from './companion-process';
import { confluentProgram, confluentUser } from './confluent-program';

function converters(registry: string | undefined): SettingValues {
  const kinds = ['key.converter', 'value.converter'];
  const settings = kinds.flatMap((kind): [string, string][] =>
    registry === undefined
      ? [[kind, 'org.apache.kafka.connect.json.JsonConverter']]
      : [
          [kind, 'io.confluent.connect.avro.AvroConverter'],
          [`${kind}.schema.registry.url`, registry],
        ],
  );
  return Object.fromEntries(settings);
}

/** Kafka Connect, distributed: its state is in three topics of the cluster. */
export function connectProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.connect;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'connect');
  const { factor } = defaultReplication(environment);
  const image = confluentImage(environment, 'cp-kafka-connect');
  const { command, ...parts } = confluentProgram({
    companion,
    image,
    variables: 'KAFKA',
    program: '/usr/bin/connect-distributed',
    file: 'connect.properties',
    defaults: {
      ...converters(companionUrl(environment, addressing, 'schemaRegistry')),
      'plugin.path': '/usr/share/java,/usr/share/confluent-hub-components',
      'config.storage.replication.factor': factor,
      'offset.storage.replication.factor': factor,
      'status.storage.replication.factor': factor,
    },
    owned: {
      'bootstrap.servers': access.addresses.join(','),
      'group.id': companion.group,
      listeners: `http://0.0.0.0:${companion.port}`,
      'rest.advertised.host.name': addressing.companionHost('connect'),
      'rest.advertised.port': companion.port,
      'config.storage.topic': `${companion.topicPrefix}configs`,
      'offset.storage.topic': `${companion.topicPrefix}offsets`,
      'status.storage.topic': `${companion.topicPrefix}status`,
      ...access.provider,
      // The worker and the clients it makes for the connectors are set apart.
      ...access.settings,
      ...prefixed('producer.', access.settings),
      ...prefixed('consumer.', access.settings),
      ...prefixed('admin.', access.settings),
    },
  });
  return companionProcess({
    component: 'connect',
    companion,
    image,
    user: confluentUser,
    command,
    readyPath: '/',
    stopGraceSeconds: 60,
    parts: { ...parts, secretFiles: access.secretFiles },
  });
}
