import { type Command, InvalidArgumentError } from 'commander';
import type { ApplyPorts, Desired } from '../../lib/converge';
import type { ClusterFailure } from '../../lib/kafka';
import type { Environment } from '../../lib/model';
import { connectionOf, secretSource } from './cluster-connection';
import type { Context, ExitCode } from './context';
import { directoryOption } from './options';
import { type ServiceOptions, servicePorts } from './service-session';

/** What every command on a running cluster takes. */
export interface ClusterOptions extends ServiceOptions {
  readonly environments: string;
}

/** Adds the options by which a cluster is reached. */
export function withClusterOptions(command: Command): Command {
  return withConnectionOptions(command.addOption(directoryOption()));
}

/** The same without where environments are, for a command that asks that already. */
export function withConnectionOptions(command: Command): Command {
  return command
    .option(
      '--bootstrap-server <addresses>',
      'brokers to begin with, host:port, separated by commas; default: as published on Docker',
      addresses,
    )
    .option('--listener <name>', 'the listener that is there; default: the first published one')
    .option('--user <account>', "who logs in to a SCRAM listener; default: the brokers' own user")
    .option(
      '--certificate-dir <directory>',
      'with ca.crt, and tls.crt and tls.key where a certificate is asked for; default: those made by kafkon secrets',
    )
    .option(
      '--secrets-dir <directory>',
      'a file for each logical secret, else KAFKON_SECRET_<NAME> is read; default: those made by kafkon secrets',
    )
    .option('--schema-registry <url>', 'the schema registry; default: as declared, or as published on Docker beside the brokers')
    .option('--connect <url>', 'the workers of Kafka Connect; default: as declared, or as published on Docker beside the brokers');
}

function addresses(text: string): string {
  const isAddress = (word: string) => /^(\[[\da-f:.]+\]|[^\s:]+):\d{1,5}$/i.test(word.trim());
  if (!text.split(',').every(isAddress)) throw new InvalidArgumentError('write host:port, separated by commas');
  return text;
}

/** What a command gets to work with. */
export interface ClusterSession {
  readonly environment: Environment;
  readonly desired: Desired;
  readonly ports: ApplyPorts;
}

/** What to look at when a cluster as a whole could not be asked. */
const remedies: Readonly<Record<ClusterFailure['reason'], string>> = {
  unreachable: 'look at the address, and whether the brokers run',
  'authentication-failed': 'look at --listener, --user, its secret and the certificates',
  'not-authorized': 'log in as a super user, or as one who was granted as much',
  'timed-out': 'look at the brokers, and run again',
  unsupported: 'look at the version and the settings of the brokers',
  closed: 'run again',
};

/** Connects, acts, and always closes. What stops a run is one line on stderr, and exit code 1. */
export async function onCluster(
  context: Context,
  target: { readonly id?: string; readonly environment: Environment },
  given: ServiceOptions,
  act: (session: ClusterSession) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { ConvergeError, LockLost, clusterRecord, desiredOf } = await import('../../lib/converge/index.js');
  const { ClusterFailure } = await import('../../lib/kafka/index.js');
  const { environment } = target;
  const options = withDirectories(target, given);
  const connection = await connectionOf(context, environment, options);
  const { admin, log } = await context.connect(connection);
  try {
    const desired = desiredOf(environment);
    const { ownership, lock } = clusterRecord(log, admin, desired.environment);
    const services = await servicePorts(context, environment, options);
    const ports = { admin, ...services, ownership, lock, secrets: secretSource(context, options.secretsDir) };
    return await act({ environment, desired, ports });
  } catch (error) {
    if (error instanceof ConvergeError) context.terminal.err(`error: ${error.message} [converge/${error.code}]\n`);
    else if (error instanceof LockLost) context.terminal.err(`error: ${error.message} [converge/lock-lost]\n`);
    else if (error instanceof ClusterFailure)
      context.terminal.err(
        `error: ${connection.bootstrapServers.join(',')}: ${error.message}; ${remedies[error.reason]} [cluster/${error.reason}]\n`,
      );
    else throw error;
    return 1;
  } finally {
    await Promise.all([admin.close(), log.close()]);
  }
}

/** Secrets that were made for Docker are found without being named. */
function withDirectories(
  { id, environment }: { readonly id?: string; readonly environment: Environment },
  options: ServiceOptions,
): ServiceOptions {
  if (id === undefined) return options;
  const { secretsDirectory } = environment.platform.docker;
  const made = secretsDirectory.startsWith('/') ? secretsDirectory : `dist/docker/${id}/${secretsDirectory}`;
  const { secretsDir = made, certificateDir = `${secretsDir}/certificates/convergence` } = options;
  return { ...options, secretsDir, certificateDir };
}
