import type { Environment } from '../model';
import { type Addressing, type CertificateOwner, type Process, type SecretFile, secretDirectory } from '../runtime';
import { companionPorts, convergenceListener } from './edges';
import { toolsImage } from './tools-image';

const passwordDirectory = `${secretDirectory}/passwords`;
/** The user of the tools image. */
const toolsUser = 1000;
const MiB = 2 ** 20;

/** Who runs in the tools image, and what is his own there. */
export interface ToolsProcessProps extends Pick<Process, 'name' | 'component' | 'files' | 'volumes'> {
  /** The words behind `kafkon`, before those of `access`. */
  readonly command: readonly string[];
  /** The words behind those of `access`. @default - none */
  readonly more?: readonly string[];
  /** How the cluster and the services beside it are reached. */
  readonly access: ToolsAccess;
}

/** How a process of the tools image reaches a cluster: words of the command line, and files they speak of. */
export interface ToolsAccess {
  readonly words: readonly string[];
  readonly secretFiles: readonly SecretFile[];
}

/** What the access is made of. */
export interface ToolsAccessProps {
  readonly owner: CertificateOwner;
  /** Whether the owner's certificate is mounted. */
  readonly certificate: boolean;
  /** The logical secrets that are mounted. */
  readonly passwords: readonly string[];
  /** Words that name the services beside the brokers. */
  readonly services: readonly string[];
}

/** Words for the listener that is used from inside, and the certificate, as PEM, and passwords of whoever uses it. */
export function toolsAccess(
  environment: Environment,
  addressing: Addressing,
  { owner, certificate, passwords, services }: ToolsAccessProps,
): ToolsAccess {
  const listener = convergenceListener(environment);
  const brokers = environment.nodes.filter((node) => node.broker).map(({ id }) => `${addressing.kafkaHost(id)}:${listener?.port}`);
  const certificateDirectory = `${secretDirectory}/${owner}`;
  // The command line is no Java program, and reads PKCS#1 and PKCS#8 alike.
  const pem = certificate ? (['ca.crt', 'tls.crt', 'tls.key'] as const) : [];
  return {
    words: [
      ...(listener === undefined ? [] : ['--listener', listener.name, '--bootstrap-server', brokers.join(',')]),
      ...services,
      ...(certificate ? ['--certificate-dir', certificateDirectory] : []),
      ...(passwords.length === 0 ? [] : ['--secrets-dir', passwordDirectory]),
    ],
    secretFiles: [
      ...pem.map((item): SecretFile => ({ path: `${certificateDirectory}/${item}`, source: { kind: 'certificate', owner, item } })),
      ...passwords.map((secret): SecretFile => ({ path: `${passwordDirectory}/${secret}`, source: { kind: 'secret', secret } })),
    ],
  };
}

/** The option that names a service beside the brokers; none where there is no such service, or the environment names it by `url`. */
export function serviceWords(
  environment: Environment,
  addressing: Addressing,
  option: string,
  name: 'schema-registry' | 'connect',
  url: string | undefined,
): readonly string[] {
  const port = companionPorts(environment).get(name);
  return port === undefined || url !== undefined ? [] : [option, `http://${addressing.companionHost(name)}:${port}`];
}

/** A process of the tools image that does one thing and ends. It needs neither a port nor an address of its own. */
export function toolsProcess(
  environment: Environment,
  { name, component, files, volumes, command, more = [], access }: ToolsProcessProps,
): Process {
  return {
    name,
    component,
    image: toolsImage(environment),
    user: toolsUser,
    command: ['kafkon', ...command, ...access.words, ...more],
    env: {},
    secretEnv: {},
    files,
    secretFiles: access.secretFiles,
    ports: [],
    volumes,
    scratch: ['/tmp'],
    needsAgents: false,
    replicas: 1,
    memory: 512 * MiB,
    cpu: { request: 100 },
    stopGraceSeconds: 30,
  };
}
