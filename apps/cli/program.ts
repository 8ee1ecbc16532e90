import { Command, CommanderError } from 'commander';
import { addCompletion, completionWords, describeCompletion } from './completion';
import { type Context, type ExitCode, UsageError } from './context';
import type { Run } from './options';
import { version } from './package-directory';
import { refusedByDisk } from './refused-by-disk';

type Make = (run: Run) => Command;

/** Every command, in the order of the help. Each is loaded when it is asked for: of all of them together nobody needs but a few. */
const commands: Readonly<Record<string, () => Make>> = {
  validate: () => (require('./commands/validate') as typeof import('./commands/validate')).validateCommand,
  synth: () => (require('./commands/synth') as typeof import('./commands/synth')).synthCommand,
  show: () => (require('./commands/show') as typeof import('./commands/show')).showCommand,
  init: () => (require('./commands/init') as typeof import('./commands/init')).initCommand,
  up: () => (require('./commands/up') as typeof import('./commands/up')).upCommand,
  down: () => (require('./commands/down') as typeof import('./commands/down')).downCommand,
  start: () => (require('./commands/start-stop') as typeof import('./commands/start-stop')).startCommand,
  stop: () => (require('./commands/start-stop') as typeof import('./commands/start-stop')).stopCommand,
  restart: () => (require('./commands/start-stop') as typeof import('./commands/start-stop')).restartCommand,
  status: () => (require('./commands/status') as typeof import('./commands/status')).statusCommand,
  list: () => (require('./commands/list') as typeof import('./commands/list')).listCommand,
  logs: () => (require('./commands/logs') as typeof import('./commands/logs')).logsCommand,
  brokers: () => (require('./commands/brokers') as typeof import('./commands/brokers')).brokersCommand,
  secrets: () => (require('./commands/secrets') as typeof import('./commands/secrets')).secretsCommand,
  plan: () => (require('./commands/plan') as typeof import('./commands/plan')).planCommand,
  apply: () => (require('./commands/apply') as typeof import('./commands/apply')).applyCommand,
  drift: () => (require('./commands/drift') as typeof import('./commands/drift')).driftCommand,
  cluster: () => (require('./commands/cluster') as typeof import('./commands/cluster')).clusterCommand,
  ...Object.fromEntries(
    (['topics', 'users', 'acls', 'quotas', 'schemas', 'connectors'] as const).map((kind) => [
      kind,
      () => (require('./commands/owned') as typeof import('./commands/owned')).ownedCommand(kind),
    ]),
  ),
  backup: () => (require('./commands/backup') as typeof import('./commands/backup')).backupCommand,
};

/** The whole command line as data: what is parsed, helped with and completed; or as much of it as begins with one command's name. */
export function program(run: Run, output: Pick<Context['terminal'], 'out' | 'err'>, only?: string): Command {
  const root = new Command('kafkon')
    .description('Kafka as code: environments in YAML become manifests, and running clusters')
    .version(version(), '-V, --version')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(kafkon --help says more)')
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err });
  const named = only !== undefined && Object.hasOwn(commands, only) ? [commands[only]] : Object.values(commands);
  for (const make of named) if (make !== undefined) root.addCommand(wired(make()(run), output));
  return root;
}

/** A command and those below it, that neither print nor exit by themselves. `path` is what stands before its name. */
function wired(command: Command, output: Pick<Context['terminal'], 'out' | 'err'>, path = 'kafkon'): Command {
  const words = `${path} ${command.name()}`;
  for (const below of command.commands) wired(below, output, words);
  return command
    .showHelpAfterError(`(${words} --help says more)`)
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err });
}

/** Parses `words` and runs what they ask for; every way to be wrong has its exit code. */
export async function runProgram(words: readonly string[], context: Context): Promise<number> {
  let code: ExitCode = 0;
  const run: Run = async (action) => {
    code = await action(context);
  };
  try {
    const root = program(run, context.terminal, words[0]);
    if (completionWords.includes(words[0])) await addCompletion(root, () => environmentIds(context));
    else describeCompletion(root);
    await root.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      context.terminal.err(`error: ${error.message}\n`);
      return 2;
    }
    const refused = refusedByDisk(error);
    if (refused === undefined) throw error;
    context.terminal.err(`error: ${refused}\n`);
    return 1;
  }
}

/** What can stand where an environment is asked for. */
function environmentIds(context: Context): readonly string[] {
  const { environmentLoader } = require('../../lib/environment') as typeof import('../../lib/environment');
  return environmentLoader(context.files)
    .discover()
    .environments.filter((environment) => !environment.abstract)
    .map(({ id }) => id);
}
