import type { Environment } from '../model';
import { type Addressing, configDirectory, type Process, type SecretFile, secretDirectory } from '../runtime';
import { desiredState } from './desired-state';
import { companionPorts, convergenceListener } from './edges';
import { toolsImage } from './tools-image';

/** Where the backups are kept. */
export const backupVolume = { name: 'backups', path: '/backups' } as const;

const passwordDirectory = `${secretDirectory}/passwords`;
const certificateDirectory = `${secretDirectory}/backup`;
const environmentFile = `${configDirectory}/backup/environment.json`;
/** The user of the tools image. */
const toolsUser = 1000;
const MiB = 2 ** 20;

/** As much of the environment as it takes to reach the cluster: a new topic is no new backup. */
function reachable(environment: Environment): Environment {
  return {
    ...environment,
    topics: [],
    protectedTopics: [],
    connectors: {},
    schemas: {},
    serviceAccounts: {},
    userGroups: {},
    topicAccess: {},
    access: [],
    quotas: [],
    clients: {},
    secrets: {},
    waivers: [],
    convergence: { ...environment.convergence, connect: {} },
  };
}

/** A certificate as PEM, where the listener asks for one. */
function certificate(environment: Environment): readonly SecretFile[] {
  if (convergenceListener(environment)?.security !== 'mtls') return [];
  return (['ca.crt', 'tls.crt', 'tls.key'] as const).map((item) => ({
    path: `${certificateDirectory}/${item}`,
    source: { kind: 'certificate', owner: 'backup', item },
  }));
}

/** The password for the schema registry, where that asks for one. */
function passwords({ convergence }: Environment): readonly SecretFile[] {
  const { login } = convergence.schemaRegistry;
  return login === undefined ? [] : [{ path: `${passwordDirectory}/${login.secret}`, source: { kind: 'secret', secret: login.secret } }];
}

/** The process that makes one backup and removes the oldest ones. It needs neither a port nor an address of its own. */
export function backupProcess(environment: Environment, addressing: Addressing, keep: number, size: number): Process {
  const listener = convergenceListener(environment);
  const brokers = environment.nodes.filter((node) => node.broker).map(({ id }) => `${addressing.kafkaHost(id)}:${listener?.port}`);
  const registry = companionPorts(environment).get('schema-registry');
  const { url } = environment.convergence.schemaRegistry;
  const [certificates, secrets] = [certificate(environment), passwords(environment)];
  return {
    name: 'backup',
    component: 'backup',
    image: toolsImage(environment),
    user: toolsUser,
    command: [
      'kafkon',
      'backup',
      'create',
      '--metadata',
      '--desired',
      environmentFile,
      ...(listener === undefined ? [] : ['--listener', listener.name, '--bootstrap-server', brokers.join(',')]),
      ...(registry === undefined || url !== undefined
        ? []
        : ['--schema-registry', `http://${addressing.companionHost('schema-registry')}:${registry}`]),
      ...(certificates.length === 0 ? [] : ['--certificate-dir', certificateDirectory]),
      ...(secrets.length === 0 ? [] : ['--secrets-dir', passwordDirectory]),
      '--out',
      backupVolume.path,
      '--keep',
      String(keep),
    ],
    env: {},
    secretEnv: {},
    files: [{ path: environmentFile, content: desiredState(reachable(environment)) }],
    secretFiles: [...certificates, ...secrets],
    ports: [],
    volumes: [{ ...backupVolume, size }],
    scratch: ['/tmp'],
    needsAgents: false,
    replicas: 1,
    memory: 512 * MiB,
    cpu: { request: 100 },
    stopGraceSeconds: 30,
  };
}
