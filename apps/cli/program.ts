import { Command, CommanderError } from 'commander';
import { environmentLoader } from '../../lib/environment';
import { applyCommand } from './commands/apply';
import { backupCommand } from './commands/backup';
import { brokersCommand } from './commands/brokers';
import { clusterCommand } from './commands/cluster';
import { downCommand } from './commands/down';
import { driftCommand } from './commands/drift';
import { initCommand } from './commands/init';
import { listCommand } from './commands/list';
import { logsCommand } from './commands/logs';
import { ownedCommand } from './commands/owned';
import { planCommand } from './commands/plan';
import { secretsCommand } from './commands/secrets';
import { showCommand } from './commands/show';
import { restartCommand, startCommand, stopCommand } from './commands/start-stop';
import { statusCommand } from './commands/status';
import { synthCommand } from './commands/synth';
import { upCommand } from './commands/up';
import { validateCommand } from './commands/validate';
import { addCompletion, completionWords, describeCompletion } from './completion';
import { type Context, type ExitCode, UsageError } from './context';
import type { Run } from './options';
import { version } from './package-directory';

/** Every command, in the order of the help. */
const commands = [
  validateCommand,
  synthCommand,
  showCommand,
  initCommand,
  upCommand,
  downCommand,
  startCommand,
  stopCommand,
  restartCommand,
  statusCommand,
  listCommand,
  logsCommand,
  brokersCommand,
  secretsCommand,
  planCommand,
  applyCommand,
  driftCommand,
  clusterCommand,
  ownedCommand('topics'),
  ownedCommand('users'),
  ownedCommand('acls'),
  ownedCommand('quotas'),
  ownedCommand('schemas'),
  ownedCommand('connectors'),
  backupCommand,
] as const;

/** The whole command line as data: what is parsed, helped with and completed. */
export function program(run: Run, output: Pick<Context['terminal'], 'out' | 'err'>): Command {
  const root = new Command('kafkon')
    .description('Kafka as code: environments in YAML become manifests, and running clusters')
    .version(version(), '-V, --version')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(kafkon --help says more)')
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err });
  for (const command of commands) root.addCommand(wired(command(run), output));
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
    const root = program(run, context.terminal);
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
    throw error;
  }
}

/** What can stand where an environment is asked for. */
function environmentIds(context: Context): readonly string[] {
  return environmentLoader(context.files)
    .discover()
    .environments.filter((environment) => !environment.abstract)
    .map(({ id }) => id);
}
