import { resolve } from 'node:path';
import { Command } from 'commander';
import { type Problem, startedKafka } from '../../../lib/model';
import { addressBookText } from '../address-book-text';
import { confirmed } from '../confirmed';
import type { Context, ExitCode } from '../context';
import { convergeDocker } from '../converge-docker';
import { type DockerEnvironment, dockerEnvironment, onDocker, progress, timeoutOption, toldOf } from '../docker-environment';
import { upOnCluster } from '../on-kubernetes/up';
import { outputOption, type Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly output: 'text' | 'json';
  readonly pull?: true;
  readonly clean?: true;
  readonly yes?: true;
  readonly force?: true;
  readonly takeOver?: true;
  readonly remove?: readonly string[];
  readonly topics: boolean;
  readonly timeout: number;
}

/** `kafkon up <environment>`: on a Docker host, until all of it is healthy. */
export function upCommand(run: Run): Command {
  return withPlatformOptions(new Command('up'))
    .summary('bring an environment up on Docker or Kubernetes')
    .description(
      'Checks the machine, applies the Terraform of the environment, waits until every service is healthy and says where each is. ' +
        'Nodes that have changed restart one at a time. Given again after a break, it goes on. On Kubernetes it applies the manifests, ' +
        'waits until every pod is ready, and leaves restarts to kafkon brokers <environment> roll.',
    )
    .argument('<environment>', 'id (tda/development) or file')
    .option('--pull', 'pull every image, those that are there too')
    .option('--clean', 'begin with empty volumes: what is there goes first, its data too')
    .option('--yes', 'do not ask whether data may be lost')
    .option('--no-topics', 'leave topics, users and grants as they are')
    .option('--remove <name...>', 'nodes or volumes that are no longer in the environment and may go; volumes stay on the Docker host')
    .option(
      '--force',
      'restart nodes even where partitions would refuse writes meanwhile, remove brokers that hold replicas, change the version in one step',
    )
    .option('--take-over', 'Kubernetes: set fields that somebody else has set to something else')
    .addOption(timeoutOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon up tda/development\n  kafkon up tda/development --project-name second --port-offset 1000\n  kafkon up tda/staging --platform kubernetes --context staging\n\nExit status: 0 all healthy, 1 refused or not healthy, 2 wrong usage.',
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        if (isOnKubernetes(options)) return upOnCluster(context, name, options);
        const target = await dockerEnvironment(context, name, options);
        return target === undefined ? 1 : bringUp(context, target, options);
      }),
    );
}

function bringUp(context: Context, target: DockerEnvironment, options: Options): Promise<ExitCode> {
  const { environment, stack } = target;
  const report = progress(context);
  return onDocker(context, async (ports) => {
    const { down, preflightProblems, startedContainers, survey, up, upgradeProblems, upgradeSteps } = await import(
      '../../../lib/lifecycle/index.js'
    );
    if (options.clean === true) {
      if (!(await confirmed(context, stack, options.yes === true))) return 1;
      target.write();
      await down(ports, stack, environment, { force: false, volumes: true }, report);
    }
    const found = await survey(ports, stack, environment.platform.docker.dataDirectory);
    const wanted = startedKafka(environment);
    const started = startedContainers(stack, found.present);
    const problems = [
      ...preflightProblems(stack, environment, found),
      ...(await certificates(context, target)),
      ...upgradeProblems(wanted, started, options.force),
    ];
    if (toldOf(context, problems)) return 1;
    for (const step of upgradeSteps(wanted, started)) report(step);
    target.write();
    const { pull = false, force = false, remove = [], timeout } = options;
    await up(ports, stack, environment, { pull, force, remove, timeoutSeconds: timeout }, report);
    const converged = options.topics ? await convergeDocker(context, target) : 0;
    const { addressBook } = await import('../../../lib/lifecycle/index.js');
    const { dockerAddressing } = await import('../../../lib/docker/index.js');
    const book = addressBook(environment, dockerAddressing(environment), stack.directory);
    context.terminal.out(options.output === 'json' ? `${JSON.stringify(book, undefined, 2)}\n` : addressBookText(book));
    return converged;
  });
}

/** Whether the names on the certificates are still those of the environment. */
async function certificates(context: Context, { id, environment, stack }: DockerEnvironment): Promise<readonly Problem[]> {
  const { certificateProblems, secretPlan } = await import('../../../lib/lifecycle/index.js');
  const { dockerAddressing } = await import('../../../lib/docker/index.js');
  const store = await context.secretStore(resolve(stack.directory, environment.platform.docker.secretsDirectory));
  return certificateProblems(secretPlan(environment, dockerAddressing(environment)), store, id);
}
