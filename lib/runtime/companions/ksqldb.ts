import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Process } from '../process';
import type { SettingValues } from '../properties';
import { defaultReplication } from '../server-properties';
import { companionUrl } from './addresses';
import { clientAccess } from './client-access';
import { companionProcess, confluentImage } from './companion-process';
import { confluentProgram, confluentUser } from './confluent-program';

function neighbours(environment: Environment, addressing: Addressing): SettingValues {
  const registry = companionUrl(environment, addressing, 'schemaRegistry');
  const connect = companionUrl(environment, addressing, 'connect');
  return {
    ...(registry === undefined ? {} : { 'ksql.schema.registry.url': registry }),
    ...(connect === undefined ? {} : { 'ksql.connect.url': connect }),
  };
}

/** A ksqlDB server; what its queries keep is rebuilt from their changelog topics. */
export function ksqldbProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.ksqldb;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'ksqldb');
  const { factor } = defaultReplication(environment);
  const image = confluentImage(environment, 'cp-ksqldb-server');
  const { command, ...parts } = confluentProgram({
    companion,
    image,
    variables: 'KSQL',
    program: '/usr/bin/ksql-server-start',
    file: 'ksqldb.properties',
    defaults: {
      'ksql.internal.topic.replicas': factor,
      'ksql.streams.replication.factor': factor,
      'ksql.logging.processing.topic.auto.create': false,
      ...neighbours(environment, addressing),
    },
    owned: {
      'bootstrap.servers': access.addresses.join(','),
      listeners: `http://0.0.0.0:${companion.port}`,
      'ksql.service.id': companion.serviceId,
      'ksql.streams.state.dir': '/tmp/ksqldb',
      ...access.provider,
      ...access.settings,
    },
  });
  return companionProcess({
    component: 'ksqldb',
    companion,
    image,
    user: confluentUser,
    command,
    readyPath: '/info',
    stopGraceSeconds: 60,
    parts: { ...parts, secretFiles: access.secretFiles },
  });
}
