import { accountSecret, type Environment, isStrimzi, serviceSecrets } from '../model';
import { type Addressing, brokerPasswordSecret, type CertificateOwner, type Process, type SecretFile, secretDirectory } from '../runtime';
import { desiredDirectory } from './desired-state';
import { companionPorts, convergenceListener } from './edges';
import { toolsImage } from './tools-image';

const passwordDirectory = `${secretDirectory}/passwords`;
const certificateDirectory = `${secretDirectory}/convergence`;
/** The user of the tools image. */
const toolsUser = 1000;
const MiB = 2 ** 20;

/**
 * The passwords that the convergence gives to SCRAM users, where any listener asks for them, its own where it has no certificate, and
 * what it needs for the services beside Kafka.
 */
function passwords(environment: Environment): readonly string[] {
  const { listeners, serviceAccounts } = environment;
  const services = serviceSecrets(environment).map(({ name }) => name);
  // With Strimzi users are the operator's.
  if (isStrimzi(environment) || !listeners.some(({ security }) => security === 'scram')) return [...new Set(services)].sort();
  const own = convergenceListener(environment)?.security === 'scram' ? [brokerPasswordSecret] : [];
  const accounts = Object.entries(serviceAccounts)
    .filter(([, { authentication }]) => authentication !== 'mtls')
    .map(([account]) => accountSecret(environment, account));
  return [...new Set([...own, ...accounts, ...services])].sort();
}

/** A certificate as PEM: the command line is no Java program, and reads PKCS#1 and PKCS#8 alike. */
function certificate(environment: Environment): readonly SecretFile[] {
  if ((convergenceListener(environment)?.security ?? 'plaintext') === 'plaintext') return [];
  const owner: CertificateOwner = 'convergence';
  return (['ca.crt', 'tls.crt', 'tls.key'] as const).map((item) => ({
    path: `${certificateDirectory}/${item}`,
    source: { kind: 'certificate', owner, item },
  }));
}

function commandLine(environment: Environment, addressing: Addressing, desiredFiles: readonly string[]): readonly string[] {
  const listener = convergenceListener(environment);
  const brokers = environment.nodes.filter((node) => node.broker).map(({ id }) => `${addressing.kafkaHost(id)}:${listener?.port}`);
  const service = (option: string, name: 'schema-registry' | 'connect') => {
    const port = companionPorts(environment).get(name);
    return port === undefined ? [] : [option, `http://${addressing.companionHost(name)}:${port}`];
  };
  const { schemaRegistry, connect } = environment.convergence;
  return [
    'kafkon',
    'apply',
    ...desiredFiles.flatMap((file) => ['--desired', `${desiredDirectory}/${file}`]),
    ...(listener === undefined ? [] : ['--listener', listener.name, '--bootstrap-server', brokers.join(',')]),
    ...(schemaRegistry.url === undefined ? service('--schema-registry', 'schema-registry') : []),
    ...(connect.url === undefined ? service('--connect', 'connect') : []),
    ...(certificate(environment).length === 0 ? [] : ['--certificate-dir', certificateDirectory]),
    ...(passwords(environment).length === 0 ? [] : ['--secrets-dir', passwordDirectory]),
  ];
}

/** The process that makes the cluster match its desired state, once. It needs neither a port nor an address of its own. */
export function convergenceProcess(environment: Environment, addressing: Addressing, desiredFiles: readonly string[]): Process {
  const secrets = passwords(environment).map(
    (secret): SecretFile => ({ path: `${passwordDirectory}/${secret}`, source: { kind: 'secret', secret } }),
  );
  return {
    name: 'convergence',
    component: 'convergence',
    image: toolsImage(environment),
    user: toolsUser,
    command: commandLine(environment, addressing, desiredFiles),
    env: {},
    secretEnv: {},
    files: [],
    secretFiles: [...certificate(environment), ...secrets],
    ports: [],
    volumes: [],
    scratch: ['/tmp'],
    needsAgents: false,
    replicas: 1,
    memory: 512 * MiB,
    cpu: { request: 100 },
    stopGraceSeconds: 30,
  };
}
