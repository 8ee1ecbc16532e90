import { Command } from 'commander';
import type { Ports, Report, Stack } from '../../../lib/lifecycle';
import type { Environment } from '../../../lib/model';
import { dockerEnvironment, onDocker, progress, timeoutOption } from '../docker-environment';
import { type Step, startStopOnCluster } from '../on-kubernetes/start-stop';
import type { Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly timeout: number;
}

type Act = (ports: Ports, stack: Stack, environment: Environment, timeoutSeconds: number, report: Report) => Promise<void>;

const stopAll: Act = async (ports, stack, environment, _, report) => {
  const { stop } = await import('../../../lib/lifecycle/index.js');
  await stop(ports, stack, environment, report);
};

const startAll: Act = async (ports, stack, environment, timeoutSeconds, report) => {
  const { requireContainers, servicesOf, start, startOrder, waitController, waitHealthy } = await import('../../../lib/lifecycle/index.js');
  await requireContainers(ports, stack);
  await start(ports, stack, report);
  await waitHealthy(ports, stack, startOrder(servicesOf(stack)), { timeoutSeconds }, report);
  await waitController(ports, stack, environment, { timeoutSeconds }, report);
};

const act: Readonly<Record<Step, Act>> = { stop: stopAll, start: startAll };

function command(run: Run, verb: string, done: string, description: string, steps: readonly Step[]): Command {
  return withPlatformOptions(new Command(verb))
    .summary(description)
    .description(
      `${description[0]?.toUpperCase()}${description.slice(1)}. Containers, their data and the state of Terraform stay; on Kubernetes everything but the pods does.`,
    )
    .argument('<environment>', 'id (tda/development) or file')
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      `\nExamples:\n  kafkon ${verb} tda/development\n  kafkon ${verb} tda/staging --platform kubernetes\n\nExit status: 0 ${done}, 1 refused or not healthy, 2 wrong usage.`,
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        if (isOnKubernetes(options)) return startStopOnCluster(context, name, options, steps, done);
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        return onDocker(context, async (ports) => {
          for (const step of steps) await act[step](ports, target.stack, target.environment, options.timeout, progress(context));
          context.terminal.out(`${target.id} is ${done}\n`);
          return 0;
        });
      }),
    );
}

/** `kafkon start <environment>`: what `stop` has stopped, from the bottom up. */
export function startCommand(run: Run): Command {
  return command(run, 'start', 'started', 'start what is stopped and wait until it is healthy', ['start']);
}

/** `kafkon stop <environment>`: in good order, the controller last. */
export function stopCommand(run: Run): Command {
  return command(run, 'stop', 'stopped', 'stop every service in good order', ['stop']);
}

/** `kafkon restart <environment>`: all of it at once; `brokers … roll` is the gentle way. */
export function restartCommand(run: Run): Command {
  return command(run, 'restart', 'restarted', 'stop every service in good order and start it again', ['stop', 'start']);
}
