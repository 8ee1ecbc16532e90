import { Command } from 'commander';
import { backupDocker } from '../backup-docker';
import { backupDirectory } from '../backup-session';
import { confirmed } from '../confirmed';
import { dockerEnvironment, onDocker, progress } from '../docker-environment';
import { downOnCluster } from '../on-kubernetes/down';
import type { Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  /** True: the usual directory. */
  readonly backup?: string | true;
  readonly force?: true;
  readonly volumes?: true;
  readonly yes?: true;
}

/** `kafkon down <environment>`: takes containers and network away; data stays unless it is told to go. */
export function downCommand(run: Run): Command {
  return withPlatformOptions(new Command('down'))
    .summary('take an environment away from Docker or Kubernetes')
    .description(
      'Stops every service in good order, broker by broker and the controller last, and removes containers and network, on Kubernetes everything that bears the label of the environment. Data stays.',
    )
    .argument('<environment>', 'id (tda/development) or file')
    .option(
      '--backup [directory]',
      `first back up what the cluster knows, into this directory; default: ${backupDirectory}; without a backup nothing goes`,
    )
    .option('--force', 'kill instead of stopping: brokers recover their logs at the next start')
    .option('--volumes', 'remove the data too; asks first')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon down tda/development\n  kafkon down tda/development --volumes --yes\n  kafkon down tda/development --backup --volumes --yes\n  kafkon down tda/staging --platform kubernetes\n\nExit status: 0 gone, 1 refused or not all gone, 2 wrong usage.',
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        if (isOnKubernetes(options)) return downOnCluster(context, name, options);
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        const { environment, stack } = target;
        const { backup, volumes = false, force = false, yes = false } = options;
        return onDocker(context, async (ports) => {
          await ports.engine.info();
          if (volumes && !(await confirmed(context, stack, yes))) return 1;
          if (backup !== undefined && !(await backupDocker(context, target, backup === true ? backupDirectory : backup))) return 1;
          target.write();
          const { down } = await import('../../../lib/lifecycle/index.js');
          await down(ports, stack, environment, { force, volumes }, progress(context));
          context.terminal.out(`${target.id} is down${volumes ? ', its data is gone' : ', its data is kept'}\n`);
          return 0;
        });
      }),
    );
}
