import { resolve } from 'node:path';
import { makeBackup, reportingOperations } from './backup-session';
import { publishedDoor } from './cluster-connection';
import { onCluster } from './cluster-session';
import type { Context } from './context';
import type { DockerEnvironment } from './docker-environment';

/** A backup of an environment on Docker, by a published listener; false when there is none now, after saying why. */
export async function backupDocker(context: Context, { id, environment, stack }: DockerEnvironment, directory: string): Promise<boolean> {
  const failed = () => {
    context.terminal.err(`${id} was not backed up, and nothing of it was taken away; start it, or leave --backup out\n`);
    return false;
  };
  const door = publishedDoor(environment);
  if (door === undefined) {
    context.terminal.err('error: no published listener lets the backup in; publish one with security mtls [backup/no-listener]\n');
    return failed();
  }
  const secretsDir = resolve(stack.directory, environment.platform.docker.secretsDirectory);
  const options = { listener: door.name, secretsDir, certificateDir: `${secretsDir}/certificates/convergence` };
  const code = await onCluster(context, { id, environment }, options, ({ ports }) =>
    reportingOperations(context, async () => {
      const { admin, registry, connect } = ports;
      const { path } = await makeBackup(context, { environment, admin, registry, connect, out: directory });
      context.terminal.err(`${id} is backed up in ${path}\n`);
      return 0;
    }),
  );
  return code === 0 || failed();
}
