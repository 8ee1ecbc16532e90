import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Process } from '../process';
import { companionUrl } from './addresses';
import { clientAccess, prefixed } from './client-access';
import { companionProcess, confluentImage } from './companion-process';
import { confluentProgram, confluentUser } from './confluent-program';

/** Confluent's REST Proxy: Kafka over HTTP. */
export function restProxyProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.restProxy;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'rest-proxy');
  const registry = companionUrl(environment, addressing, 'schemaRegistry');
  const image = confluentImage(environment, 'cp-kafka-rest');
  const { command, ...parts } = confluentProgram({
    companion,
    image,
    variables: 'KAFKAREST',
    program: '/usr/bin/kafka-rest-start',
    file: 'kafka-rest.properties',
    defaults: registry === undefined ? {} : { 'schema.registry.url': registry },
    owned: {
      'bootstrap.servers': access.addresses.map((address) => `${access.protocol}://${address}`).join(','),
      listeners: `http://0.0.0.0:${companion.port}`,
      'host.name': addressing.companionHost('rest-proxy'),
      ...access.provider,
      // Once more for the clients it makes, should it hand the references on unresolved.
      ...prefixed('client.', { ...access.provider, ...access.settings }),
    },
  });
  return companionProcess({
    component: 'rest-proxy',
    companion,
    image,
    user: confluentUser,
    command,
    readyPath: '/',
    parts: { ...parts, secretFiles: access.secretFiles },
  });
}
