import type { ServicePorts } from '../../lib/converge';
import type { ConnectCluster, SchemaRegistry, ServiceConnection } from '../../lib/kafka';
import { type Environment, publishedPorts } from '../../lib/model';
import { type ConnectionOptions, secretSource, variableOf } from './cluster-connection';
import { type Context, UsageError } from './context';

/** How the services beside a cluster are reached. */
export interface ServiceOptions extends ConnectionOptions {
  readonly schemaRegistry?: string;
  readonly connect?: string;
}

/**
 * Clients of the services that are known: by an option, by the environment, or as they are published on Docker, where the brokers are
 * looked for there too. None is asked anything yet.
 */
export async function servicePorts(context: Context, environment: Environment, options: ServiceOptions): Promise<ServicePorts> {
  const { schemaRegistry, connect } = environment.convergence;
  const registryUrl = options.schemaRegistry ?? schemaRegistry.url ?? published(environment, 'schemaRegistry', options);
  const connectUrl = options.connect ?? connect.url ?? published(environment, 'connect', options);
  const [registry, workers] = await Promise.all([
    registryUrl === undefined ? undefined : connection(context, registryUrl, schemaRegistry.login, options),
    connectUrl === undefined ? undefined : connection(context, connectUrl, connect.login, options),
  ]);
  return {
    ...(registry === undefined
      ? {}
      : { registry: 'missing' in registry ? await locked<SchemaRegistry>(registry) : await context.schemaRegistry(registry) }),
    ...(workers === undefined
      ? {}
      : { connect: 'missing' in workers ? await locked<ConnectCluster>(workers) : await context.connectCluster(workers) }),
  };
}

/** Why nobody can log in to a service. */
interface Locked {
  readonly missing: string;
}

/** A client that says what it lacks once something is asked of it, and not before: most commands never do. */
async function locked<Client extends SchemaRegistry | ConnectCluster>({ missing }: Locked): Promise<Client> {
  const { ClusterFailure } = await import('../../lib/kafka/index.js');
  const refuse = () => Promise.reject(new ClusterFailure('authentication-failed', missing));
  // `then` too would be a method: whoever awaits the client would call it.
  const get = (_: object, name: string | symbol) => (name === 'then' ? undefined : name === 'requestsSent' ? () => 0 : refuse);
  return new Proxy({}, { get }) as Client;
}

function published(
  environment: Environment,
  service: 'schemaRegistry' | 'connect',
  { bootstrapServer }: ServiceOptions,
): string | undefined {
  if (bootstrapServer !== undefined) return undefined;
  const port = publishedPorts(environment).find((each) => each.service === service)?.port;
  return port === undefined ? undefined : `http://localhost:${port}`;
}

type Login = Environment['convergence']['connect']['login'];

async function connection(context: Context, url: string, login: Login, options: ServiceOptions): Promise<ServiceConnection | Locked> {
  if (!/^https?:\/\/[^\s/@]+(\/\S*)?$/.test(url) || !URL.canParse(url))
    throw new UsageError(`an address of a service is http://host:port or https://host:port, without a user or a password`);
  const { certificateDir } = options;
  const file = url.startsWith('https:') && certificateDir !== undefined ? context.files.readFile(`${certificateDir}/ca.crt`) : undefined;
  // Without an authority of its own it has one that everybody knows.
  const tls = file !== undefined && 'text' in file ? { tls: { ca: file.text } } : {};
  if (login === undefined) return { url, ...tls };
  const password = await secretSource(context, options.secretsDir).read(login.secret);
  if (password === undefined) {
    const how = `give --secrets-dir with a file ${login.secret}, or the environment variable ${variableOf(login.secret)}`;
    return { missing: `the login ${login.user} has no password for ${url}: ${how}` };
  }
  return { url, ...tls, basic: { user: login.user, password } };
}
