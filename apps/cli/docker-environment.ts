import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { renderProblems } from '../../lib/environment';
import type { Ports, Project, Stack } from '../../lib/lifecycle';
import type { Environment, Problem } from '../../lib/model';
import type { Context, ExitCode } from './context';
import { oneEnvironment } from './one-environment';
import { directoryOption } from './options';

/** What every command about an environment on a Docker host takes. */
export interface DockerOptions {
  readonly environments: string;
  readonly outdir: string;
  readonly projectName?: string;
  readonly portOffset?: number;
  readonly dataDir?: string;
}

/** An environment on its way to a Docker host. */
export interface DockerEnvironment {
  readonly id: string;
  /** As the project has it. */
  readonly environment: Environment;
  readonly stack: Stack;
  /** Writes the Terraform to where it belongs; what else is there stays. */
  write(): void;
}

/** Adds the options that every such command takes. */
export function withDockerOptions(command: Command): Command {
  return command
    .addOption(directoryOption())
    .option('--outdir <directory>', 'where the Terraform files and their state are', 'dist')
    .addOption(new Option('--project-name <name>', 'one more copy of the environment, under this name').argParser(projectName))
    .addOption(new Option('--port-offset <number>', 'added to every published port').argParser(portOffset))
    .option('--data-dir <directory>', 'where data is kept on the host; default: what the environment says, else named volumes');
}

/** Reads a whole number of seconds, 1 or more. */
function wholeSeconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('write whole seconds, 1 or more');
  return value;
}

/** `--timeout <seconds>`: how long one service may take. */
export function timeoutOption(): Option {
  return new Option('--timeout <seconds>', 'how long a service may take to become healthy').argParser(wholeSeconds).default(600);
}

/** It becomes part of names of containers. */
function projectName(text: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$/.test(text))
    throw new InvalidArgumentError('write lower-case letters, digits and hyphens, at most 30');
  return text;
}

function portOffset(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 50_000) throw new InvalidArgumentError('write a whole number from 0 to 50000');
  return value;
}

/** The project that the options name. A directory of the command line begins where the command was given. */
function projectOf(context: Context, { projectName: name, portOffset: offset, dataDir }: DockerOptions): Project {
  return { name, portOffset: offset, dataDirectory: dataDir === undefined ? undefined : resolve(context.currentDirectory, dataDir) };
}

/** Loads, checks and translates one environment; undefined, with its problems printed, when it has errors. */
export async function dockerEnvironment(context: Context, name: string, options: DockerOptions): Promise<DockerEnvironment | undefined> {
  const loaded = oneEnvironment(context, name, { environments: options.environments, platforms: ['docker'] });
  if (loaded === undefined) return undefined;
  const { projectDirectory, projected, readStack } = await import('../../lib/lifecycle/index.js');
  const { terraformFile, terraformOf } = await import('../../lib/docker/index.js');
  const project = projectOf(context, options);
  const environment = projected(loaded.environment, project);
  const files = terraformOf(environment);
  const directory = projectDirectory(options.outdir, loaded.id, project);
  return {
    id: loaded.id,
    environment,
    stack: readStack(files.get(terraformFile) ?? '{}', resolve(context.currentDirectory, directory)),
    write: () => context.writer.updateDirectory(directory, files),
  };
}

/** Runs `action` with what a Docker host needs; what stops it is printed as problems, and is exit code 1. */
export function onDocker(context: Context, action: (ports: Ports) => Promise<ExitCode>): Promise<ExitCode> {
  return tellingProblems(context, async () => action(await context.docker()));
}

/** Runs `action`; what the life cycle stops it with is printed as problems, and is exit code 1. */
export async function tellingProblems(context: Context, action: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    context.terminal.err(renderProblems(await problemsOf(error)));
    return 1;
  }
}

/** What the life cycle was stopped with, as problems. @throws the error where it is nothing of the kind */
export async function problemsOf(error: unknown): Promise<readonly Problem[]> {
  const { EngineRefusal, LifecycleError, machineProblem } = await import('../../lib/lifecycle/index.js');
  if (error instanceof LifecycleError) return error.problems;
  if (error instanceof EngineRefusal) return [machineProblem('docker/refused', error.message)];
  throw error;
}

/** Prints problems; true when one of them is an error. */
export function toldOf(context: Context, problems: readonly Problem[]): boolean {
  context.terminal.err(renderProblems(problems));
  return problems.some(({ severity }) => severity === 'error');
}

/** Progress on the side of the terminal that no script reads. */
export function progress(context: Context): (line: string) => void {
  return (line) => context.terminal.err(`${line}\n`);
}
