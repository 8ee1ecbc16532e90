import { accountSecret, type Environment, isStrimzi, serviceSecrets } from '../model';
import { type Addressing, brokerPasswordSecret, type Process } from '../runtime';
import { desiredDirectory } from './desired-state';
import { convergenceListener } from './edges';
import { serviceWords, toolsAccess, toolsProcess } from './tools-process';

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

/** The process that makes the cluster match its desired state, once. */
export function convergenceProcess(environment: Environment, addressing: Addressing, desiredFiles: readonly string[]): Process {
  const { schemaRegistry, connect } = environment.convergence;
  return toolsProcess(environment, {
    name: 'convergence',
    component: 'convergence',
    command: ['apply', ...desiredFiles.flatMap((file) => ['--desired', `${desiredDirectory}/${file}`])],
    access: toolsAccess(environment, addressing, {
      owner: 'convergence',
      certificate: (convergenceListener(environment)?.security ?? 'plaintext') !== 'plaintext',
      passwords: passwords(environment),
      services: [
        ...serviceWords(environment, addressing, '--schema-registry', 'schema-registry', schemaRegistry.url),
        ...serviceWords(environment, addressing, '--connect', 'connect', connect.url),
      ],
    }),
    files: [],
    volumes: [],
  });
}
