import { Command } from 'commander';
import type { Ports, Report, Stack } from '../../../lib/lifecycle';
import type { Environment } from '../../../lib/model';
import { type DockerOptions, dockerEnvironment, onDocker, progress, timeoutOption, withDockerOptions } from '../docker-environment';
import type { Run } from '../options';

interface Options extends DockerOptions {
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

function command(run: Run, verb: string, done: string, description: string, act: Act): Command {
  return withDockerOptions(new Command(verb))
    .summary(description)
    .description(`${description[0]?.toUpperCase()}${description.slice(1)}. Containers, their data and the state of Terraform stay.`)
    .argument('<environment>', 'id (tda/development) or file')
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      `\nExamples:\n  kafkon ${verb} tda/development\n\nExit status: 0 ${done}, 1 refused or not healthy, 2 wrong usage.`,
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        return onDocker(context, async (ports) => {
          await act(ports, target.stack, target.environment, options.timeout, progress(context));
          context.terminal.out(`${target.id} is ${done}\n`);
          return 0;
        });
      }),
    );
}

/** `kafkon start <environment>`: what `stop` has stopped, from the bottom up. */
export function startCommand(run: Run): Command {
  return command(run, 'start', 'started', 'start what is stopped and wait until it is healthy', startAll);
}

/** `kafkon stop <environment>`: in good order, the controller last. */
export function stopCommand(run: Run): Command {
  return command(run, 'stop', 'stopped', 'stop every service in good order', stopAll);
}

/** `kafkon restart <environment>`: all of it at once; `brokers … roll` is the gentle way. */
export function restartCommand(run: Run): Command {
  return command(run, 'restart', 'restarted', 'stop every service in good order and start it again', async (...words) => {
    await stopAll(...words);
    await startAll(...words);
  });
}
