import { Argument, Command } from 'commander';
import { startedKafka } from '../../../lib/model';
import { UsageError } from '../context';
import { dockerEnvironment, onDocker, progress, timeoutOption, toldOf } from '../docker-environment';
import { rollOnCluster } from '../on-kubernetes/roll';
import { flagsAre, type Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';
import { type RebalanceOptions, rebalanceBrokers, withRebalanceOptions } from '../rebalance-brokers';

interface Options extends PlatformOptions, RebalanceOptions {
  readonly all?: true;
  readonly force?: true;
  readonly timeout: number;
}

type Action = 'roll' | 'rebalance';

/** Options by the one action that understands them. */
const only: Readonly<Record<Action, readonly string[]>> = {
  roll: ['all', 'force', 'timeout', 'outdir', 'projectName', 'portOffset', 'dataDir', 'platform', 'kubeconfig', 'context', 'namespace'],
  rebalance: ['empty', 'plan', 'throttle', 'yes', 'output', 'bootstrapServer', 'listener', 'user', 'certificateDir', 'secretsDir'],
};

/** Whoever gives `--plan` expects that nothing is done: an option that an action would not look at is a mistake. */
function refuseForeign(action: Action, named: readonly string[], command: Command): void {
  const other = action === 'roll' ? 'rebalance' : 'roll';
  const wrong = only[other].filter((option) => command.getOptionValueSource(option) === 'cli');
  if (wrong.length > 0) throw new UsageError(`${flagsAre(wrong)} for ${other}, and this is ${action}`);
  if (action === 'rebalance' && named.length > 0)
    throw new UsageError(
      `rebalance is of all brokers, and ${named.join(', ')} cannot be named; --empty names those that shall hold nothing`,
    );
}

/** `kafkon brokers <environment> roll | rebalance`: restarts nodes one at a time, or spreads replicas over brokers. */
export function brokersCommand(run: Run): Command {
  return withRebalanceOptions(withPlatformOptions(new Command('brokers')))
    .summary('restart the nodes of an environment one at a time, or spread replicas over its brokers')
    .description(
      'roll restarts nodes one at a time: those that are not ready first, the active controller last, each only when all replicas are in ' +
        'sync. By default those that run with what an earlier up gave them; Terraform makes them anew, so that no difference is left. On Kubernetes their pods are evicted. ' +
        'rebalance moves replicas and leaders so that all brokers carry the same, new ones too, or so that some can be removed.',
    )
    .argument('<environment>', 'id (tda/development) or file')
    .addArgument(new Argument('<action>', 'what to do').choices(['roll', 'rebalance']))
    .argument('[node...]', 'such as kafka-1; default: every node that has changed')
    .option('--all', 'every node, changed or not')
    .option('--force', 'go on even where partitions would refuse writes meanwhile, or nobody can tell')
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon brokers tda/development roll\n  kafkon brokers tda/development roll --all\n  kafkon brokers tda/development roll kafka-2\n  kafkon brokers tda/development rebalance --plan\n  kafkon brokers tda/development rebalance --empty 4,5\n  kafkon brokers tda/staging roll --platform kubernetes\n\nExit status: 0 done, 1 refused or not healthy, 2 wrong usage.',
    )
    .action((name: string, action: Action, named: string[], options: Options, command: Command) =>
      run(async (context) => {
        refuseForeign(action, named, command);
        if (action === 'rebalance') return rebalanceBrokers(context, name, options);
        if (isOnKubernetes(options)) return rollOnCluster(context, name, named, options);
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        const { environment, stack } = target;
        const { all = false, force = false, timeout: timeoutSeconds } = options;
        return onDocker(context, async (ports) => {
          const { nodesOf, removeOrphans, requireContainers, roll, startedContainers, statesOf, upgradeProblems } = await import(
            '../../../lib/lifecycle/index.js'
          );
          const nodes = nodesOf(stack);
          const unknown = named.find((each) => !nodes.some(({ service }) => service === each));
          if (unknown !== undefined)
            throw new UsageError(`${target.id} has no node ${unknown}; it has ${nodes.map(({ service }) => service).join(', ')}`);
          await requireContainers(ports, stack);
          const started = startedContainers(stack, await statesOf(ports.engine, stack));
          if (toldOf(context, upgradeProblems(startedKafka(environment), started, force))) return 1;
          const report = progress(context);
          target.write();
          await ports.terraform.init(stack.directory, () => {});
          await removeOrphans(ports, stack, report);
          const changed = new Set((await ports.terraform.plan(stack.directory)).map(({ address }) => address));
          const chosen = nodes.filter(({ service, address }) => (named.length > 0 ? named.includes(service) : all || changed.has(address)));
          const services = chosen.map(({ service }) => service);
          if (services.length > 0) await roll(ports, stack, environment, { services, changed, force, timeoutSeconds }, report);
          context.terminal.out(
            services.length === 0 ? 'no node has changed; --all restarts them all the same\n' : `${services.length} restarted\n`,
          );
          return 0;
        });
      }),
    );
}
