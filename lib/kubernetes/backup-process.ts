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
    // Which of their settings are secret: those are in no backup.
    connectors: Object.fromEntries(Object.entries(environment.connectors).map(([name, each]) => [name, { ...each, config: {} }])),
    schemas: {},
    serviceAccounts: {},
    userGroups: {},
    topicAccess: {},
    access: [],
    quotas: [],
    clients: {},
    secrets: {},
    waivers: [],
  };
}

/** The process that makes one backup and removes the oldest ones. */
export function backupProcess(environment: Environment, addressing: Addressing, keep: number, size: number): Process {
  const { schemaRegistry, connect } = environment.convergence;
  const logins = [schemaRegistry.login, connect.login].flatMap((login) => (login === undefined ? [] : [login.secret]));
  return toolsProcess(environment, {
    name: 'backup',
    component: 'backup',
    command: ['backup', 'create', '--metadata', '--desired', environmentFile],
    access: toolsAccess(environment, addressing, {
      owner: 'backup',
      certificate: convergenceListener(environment)?.security === 'mtls',
      passwords: [...new Set(logins)].sort(),
      services: [
        ...serviceWords(environment, addressing, '--schema-registry', 'schema-registry', schemaRegistry.url),
        ...serviceWords(environment, addressing, '--connect', 'connect', connect.url),
      ],
    }),
    more: ['--out', backupVolume.path, '--keep', String(keep)],
    files: [{ path: environmentFile, content: desiredState(reachable(environment)) }],
    volumes: [{ ...backupVolume, size }],
  });
}
