import type { Construct } from 'constructs';
import type { Environment } from '../model';
import { type Process, type SecretFile, secretVariableDirectory } from '../runtime';
import { hostDirectory } from './host-directory';
import type { Mount } from './mount';

/** The file of a secret below the secrets directory: its logical name, or `certificates/<owner>/<item>`. */
export function secretSource({ source }: SecretFile): string {
  return source.kind === 'secret' ? source.secret : `certificates/${source.owner}/${source.item}`;
}

/** Every file of secrets that a process reads, those that become environment variables too. */
export function secretFilesOf(process: Pick<Process, 'secretFiles' | 'secretEnv'>): readonly SecretFile[] {
  const variables = Object.entries(process.secretEnv).map(
    ([name, secret]): SecretFile => ({ path: `${secretVariableDirectory}/${name}`, source: { kind: 'secret', secret } }),
  );
  return [...process.secretFiles, ...variables];
}

/** Secrets are mounted from the host, so that no value is ever in a file or state of Terraform's. */
export function secretMounts(scope: Construct, environment: Environment, process: Process): readonly Mount[] {
  const files = secretFilesOf(process);
  if (files.length === 0) return [];
  const directory = hostDirectory(scope, 'secrets_directory', environment.platform.docker.secretsDirectory);
  return files.map((file) => ({
    type: 'bind',
    source: `${directory}/${secretSource(file)}`,
    target: file.path,
    readOnly: true,
  }));
}

/**
 * The command of a process with its secret variables read from their files first. A process without a command of its own reads the
 * files itself.
 */
export function commandOf({ command, secretEnv }: Pick<Process, 'command' | 'secretEnv'>): readonly string[] {
  const names = Object.keys(secretEnv).sort();
  if (names.length === 0 || command.length === 0) return command;
  const reads = names.map((name) => `export ${name}="$(cat ${secretVariableDirectory}/${name})"`);
  return ['sh', '-c', `set -e; ${reads.join('; ')}; exec "$@"`, 'sh', ...command];
}
