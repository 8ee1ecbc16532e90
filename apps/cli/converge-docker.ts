import { resolve } from 'node:path';
import { publishedDoor } from './cluster-connection';
import { onCluster } from './cluster-session';
import { applyOn } from './commands/apply';
import type { Context, ExitCode } from './context';
import type { DockerEnvironment } from './docker-environment';

/**
 * The last step of bringing an environment up: its topics, users and grants. What nobody agreed to beforehand is left and named. An
 * environment that does not name its cluster yet is no failure: that is how the first start with ZooKeeper goes.
 */
export async function convergeDocker(context: Context, { id, environment, stack }: DockerEnvironment): Promise<ExitCode> {
  const say = (text: string) => context.terminal.err(`topics, users and grants: ${text}\n`);
  const door = publishedDoor(environment);
  if (door === undefined) {
    say('no published listener lets the first one in; publish one with security mtls, or run kafkon apply where another is reached');
    return 0;
  }
  if (environment.clusterId === undefined && environment.kind !== 'development') {
    say(`the environment does not name its cluster yet; kafkon cluster ${id} pin, then kafkon apply ${id}`);
    return 0;
  }
  const secretsDir = resolve(stack.directory, environment.platform.docker.secretsDirectory);
  const options = { listener: door.name, secretsDir, certificateDir: `${secretsDir}/certificates/convergence` };
  return onCluster(context, { id, environment }, options, (session) =>
    applyOn(quiet(context), session, undefined, { output: 'text', yes: true, allow: [], allowProtected: [] }),
  );
}

/** The results of the command itself are addresses; what the convergence says is progress. */
function quiet(context: Context): Context {
  return { ...context, terminal: { ...context.terminal, out: (text) => context.terminal.err(text), interactive: false } };
}
