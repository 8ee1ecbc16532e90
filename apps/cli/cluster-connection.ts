import type { Connection } from '../../lib/kafka';
import {
  accountSecret,
  brokerPasswordSecret,
  brokerPrincipal,
  brokersOf,
  dockerPort,
  type Environment,
  isPublished,
  type Listener,
} from '../../lib/model';
import { type Context, UsageError } from './context';

/** How a running cluster is reached. */
export interface ConnectionOptions {
  readonly bootstrapServer?: string;
  readonly listener?: string;
  readonly user?: string;
  readonly certificateDir?: string;
  readonly secretsDir?: string;
}

/** Where the command line finds secrets: a file of the directory named as the secret, else the environment variable of its name. */
export function secretSource(context: Context, directory: string | undefined): { read(name: string): Promise<string | undefined> } {
  return {
    read: async (name) => {
      const file = directory === undefined ? undefined : context.files.readFile(`${directory}/${name}`);
      // An editor's line end is no part of a password.
      if (file !== undefined && 'text' in file) return file.text.replace(/\r?\n$/, '');
      return context.variables[variableOf(name)];
    },
  };
}

/** `KAFKON_SECRET_ORDERS_PASSWORD` for the secret `orders-password`. */
export function variableOf(secret: string): string {
  return `KAFKON_SECRET_${secret.toUpperCase().replaceAll('-', '_')}`;
}

/** The connection to an environment's cluster: by the listener that is published on Docker, unless something else is said. */
export async function connectionOf(context: Context, environment: Environment, options: ConnectionOptions): Promise<Connection> {
  const listener = listenerOf(environment, options);
  const bootstrapServers = options.bootstrapServer?.split(',').map((server) => server.trim()) ?? published(environment, listener);
  const base = { bootstrapServers, clientId: 'kafkon' };
  if (listener.security === 'plaintext') return base;
  const pem = (file: string) => certificateFile(context, listener, options.certificateDir, file);
  if (listener.security === 'tls') return { ...base, tls: { ca: pem('ca.crt') } };
  if (listener.security === 'mtls') return { ...base, tls: { ca: pem('ca.crt'), certificate: pem('tls.crt'), key: pem('tls.key') } };
  const user = options.user ?? brokerPrincipal(environment.name);
  const secret = user === brokerPrincipal(environment.name) ? brokerPasswordSecret : accountSecret(environment, user);
  const password = await secretSource(context, options.secretsDir).read(secret);
  if (password === undefined)
    throw new UsageError(
      `${user} has no password: give --secrets-dir with a file ${secret}, or the environment variable ${variableOf(secret)}; --user names another account`,
    );
  const [first = 'SCRAM-SHA-512'] = listener.mechanisms;
  const mechanism = listener.mechanisms.includes('SCRAM-SHA-512') ? 'SCRAM-SHA-512' : first;
  return { ...base, tls: { ca: pem('ca.crt') }, scram: { mechanism, user, password } };
}

function listenerOf(environment: Environment, { listener: name, bootstrapServer }: ConnectionOptions): Listener {
  const { listeners } = environment;
  const names = listeners.map((each) => each.name).join(', ');
  const chosen =
    name === undefined ? listeners.find((each) => isPublished(environment, each)) : listeners.find((each) => each.name === name);
  if (chosen !== undefined) return chosen;
  if (name !== undefined) throw new UsageError(`there is no listener ${name}; there are ${names}`);
  const [only, second] = listeners;
  if (bootstrapServer !== undefined && only !== undefined && second === undefined) return only;
  throw new UsageError(`no listener is published; name one of ${names} with --listener, and its address with --bootstrap-server`);
}

/**
 * The published listener that needs no account made beforehand: one that takes a certificate, or none at all; a SCRAM one only where the
 * brokers have a user of their own.
 */
export function publishedDoor(environment: Environment): Listener | undefined {
  const here = environment.listeners.filter((listener) => isPublished(environment, listener));
  const brokersUseScram = environment.listeners.some(
    ({ name, security }) => name === environment.interBrokerListener && security === 'scram',
  );
  return here.find(({ security }) => security === 'mtls') ?? here.find(({ security }) => security !== 'scram' || brokersUseScram);
}

function published(environment: Environment, listener: Listener): readonly string[] {
  if (!isPublished(environment, listener))
    throw new UsageError(`the listener ${listener.name} is not published; give its address with --bootstrap-server`);
  const { listeners, portOffset } = environment.platform.docker;
  const host = listeners[listener.name]?.host ?? 'localhost';
  return brokersOf(environment).map(({ id }) => `${host}:${dockerPort(environment, listener, id) + portOffset}`);
}

function certificateFile(context: Context, listener: Listener, directory: string | undefined, file: string): string {
  if (directory === undefined)
    throw new UsageError(
      `the listener ${listener.name} speaks TLS; give --certificate-dir with ca.crt${listener.security === 'mtls' ? ', tls.crt and tls.key' : ''}`,
    );
  const read = context.files.readFile(`${directory}/${file}`);
  if ('text' in read) return read.text;
  throw new UsageError(`${directory}/${file}: ${read.reason}`);
}
