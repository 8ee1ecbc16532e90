import { resolve } from 'node:path';
import {
  accountSecret,
  brokersOf,
  type Environment,
  isPublished,
  type Listener,
  publishedPorts,
  replicationListenerName,
  securityProtocol,
} from '../model';
import type { Addressing } from '../runtime';
import { accountDirectory, authorityCertificate } from './secret-plan';

/** Where a service answers on the Docker host. */
export interface ServiceAddress {
  /** `kafkaUi`, `schemaRegistry`, … */
  readonly service: string;
  /** A URL, or `host:port` for what speaks no HTTP. */
  readonly address: string;
}

/** Where clients begin. */
export interface Bootstrap {
  readonly listener: string;
  readonly security: Listener['security'];
  /** Programs on the Docker host, or in containers of the environment's network; on Kubernetes, its pods, or whoever is outside. */
  readonly audience: 'host' | 'containers' | 'pods' | 'outside';
  /** `host:port` of every broker, with commas, or of a door that leads to any. */
  readonly servers: string;
}

/** What a Java client of one account needs to be told. Passwords are references that it resolves itself. */
export interface ClientSettings {
  /** Absent where a listener asks nobody who they are. */
  readonly account?: string;
  readonly listener: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Where everything of an environment is, once it is up. */
export interface AddressBook {
  readonly services: readonly ServiceAddress[];
  readonly bootstrap: readonly Bootstrap[];
  readonly clients: readonly ClientSettings[];
}

const host = 'localhost';

/** The address book of an environment on Docker. `directory` is where its Terraform is: relative paths begin there. */
export function addressBook(environment: Environment, addressing: Addressing, directory: string): AddressBook {
  const secrets = resolve(directory, environment.platform.docker.secretsDirectory);
  const published = environment.listeners.filter((listener) => isPublished(environment, listener));
  return {
    services: publishedPorts(environment)
      .filter(({ process }) => !process.startsWith('kafka-') || process === 'kafka-ui')
      .map(({ service, port }) => ({ service, address: speaksHttp(service) ? `http://${host}:${port}` : `${host}:${port}` })),
    bootstrap: environment.listeners
      // The listener that is added for the brokers alone is no client's business.
      .filter(({ name }) => name !== replicationListenerName)
      .map((listener) => ({
        listener: listener.name,
        security: listener.security,
        audience: published.includes(listener) ? 'host' : 'containers',
        servers: serversOf(environment, addressing, listener),
      })),
    clients: published.flatMap((listener) => clientsOf(environment, addressing, listener, secrets)),
  };
}

function speaksHttp(service: string): boolean {
  return service !== 'redis' && !service.startsWith('zookeeper');
}

function serversOf(environment: Environment, addressing: Addressing, listener: Listener): string {
  return brokersOf(environment)
    .map(({ id }) => addressing.advertised(listener, id))
    .map(({ host: name, port }) => `${name}:${port}`)
    .join(',');
}

function clientsOf(environment: Environment, addressing: Addressing, listener: Listener, secrets: string): ClientSettings[] {
  const basic = { 'bootstrap.servers': serversOf(environment, addressing, listener), 'security.protocol': securityProtocol(listener) };
  if (listener.security === 'plaintext') return [{ listener: listener.name, settings: basic }];
  const trusting = { ...basic, 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': `${secrets}/${authorityCertificate}` };
  if (listener.security === 'tls') return [{ listener: listener.name, settings: trusting }];
  const provider = {
    'config.providers': 'directory',
    'config.providers.directory.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
  };
  return Object.entries(environment.serviceAccounts).flatMap(([account, { authentication }]): ClientSettings[] => {
    if (listener.security === 'mtls') {
      if (authentication !== 'mtls') return [];
      const own = `${secrets}/${accountDirectory(account)}`;
      const identity = {
        'ssl.keystore.type': 'PKCS12',
        'ssl.keystore.location': `${own}/keystore.p12`,
        'ssl.keystore.password': `\${directory:${secrets}:keystore-password}`,
      };
      return [{ account, listener: listener.name, settings: { ...trusting, ...provider, ...identity } }];
    }
    if (authentication === 'mtls' || listener.security !== 'scram') return [];
    const mechanism = listener.mechanisms.find((each) => each.toLowerCase() === authentication);
    if (mechanism === undefined) return [];
    const password = `\${directory:${secrets}:${accountSecret(environment, account)}}`;
    const login = `org.apache.kafka.common.security.scram.ScramLoginModule required username="${account}" password="${password}";`;
    return [
      { account, listener: listener.name, settings: { ...trusting, ...provider, 'sasl.mechanism': mechanism, 'sasl.jaas.config': login } },
    ];
  });
}
