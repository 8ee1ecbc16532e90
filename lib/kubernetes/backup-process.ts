import type { Environment } from '../model';
import { type Addressing, configDirectory, type Process } from '../runtime';
import { desiredState } from './desired-state';
import { convergenceListener } from './edges';
import { serviceWords, toolsAccess, toolsProcess } from './tools-process';

/** Where the backups are kept. */
export const backupVolume = { name: 'backups', path: '/backups' } as const;

const environmentFile = `${configDirectory}/backup/environment.json`;

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

/** The process that makes one backup and removes the oldest ones. */
export function backupProcess(environment: Environment, addressing: Addressing, keep: number, size: number): Process {
  const { url, login } = environment.convergence.schemaRegistry;
  return toolsProcess(environment, {
    name: 'backup',
    component: 'backup',
    command: ['backup', 'create', '--metadata', '--desired', environmentFile],
    access: toolsAccess(environment, addressing, {
      owner: 'backup',
      certificate: convergenceListener(environment)?.security === 'mtls',
      passwords: login === undefined ? [] : [login.secret],
      services: serviceWords(environment, addressing, '--schema-registry', 'schema-registry', url),
    }),
    more: ['--out', backupVolume.path, '--keep', String(keep)],
    files: [{ path: environmentFile, content: desiredState(reachable(environment)) }],
    volumes: [{ ...backupVolume, size }],
  });
}
