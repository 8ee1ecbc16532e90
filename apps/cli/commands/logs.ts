import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../context';
import { dockerEnvironment, onDocker } from '../docker-environment';
import { followAll } from '../follow-all';
import { logsOnCluster } from '../on-kubernetes/logs';
import type { Run } from '../options';
import { isOnKubernetes, type PlatformOptions, withPlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly follow?: true;
  readonly tail?: number;
}

/** `kafkon logs <environment> [service]`: what the services print. */
export function logsCommand(run: Run): Command {
  return withPlatformOptions(new Command('logs'))
    .summary('print what the services of an environment log')
    .description('Prints the logs of one service, or of all, each line then with the name of its service.')
    .argument('<environment>', 'id (tda/development) or file')
    .argument('[service]', 'such as kafka-1, zookeeper-1 or schema-registry; default: all')
    .option('-f, --follow', 'go on until interrupted')
    .addOption(new Option('--tail <lines>', 'begin with so many lines from the end').argParser(lines))
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon logs tda/development kafka-1 --tail 100\n  kafkon logs tda/development --follow\n  kafkon logs tda/staging convergence --platform kubernetes\n\nExit status: 0 printed, 1 no engine, no API server or nothing there, 2 wrong usage.',
    )
    .action((name: string, service: string | undefined, options: Options) =>
      run(async (context) => {
        if (isOnKubernetes(options)) return logsOnCluster(context, name, service, options);
        const target = await dockerEnvironment(context, name, options);
        if (target === undefined) return 1;
        const { containers } = target.stack;
        const chosen =
          service === undefined ? containers.filter(({ once }) => !once) : containers.filter((each) => each.service === service);
        if (chosen.length === 0)
          throw new UsageError(`${target.id} has no service ${service}; it has ${containers.map((each) => each.service).join(', ')}`);
        return onDocker(context, async ({ engine }) => {
          const { follow = false, tail } = options;
          const there = await Promise.all(chosen.map(async (each) => ((await engine.container(each.name)) === undefined ? [] : [each])));
          if (there.flat().length === 0) {
            context.terminal.err(`${target.id} is down; "kafkon up ${target.id}" brings it up\n`);
            return 1;
          }
          const print = (line: string) => context.terminal.out(`${line}\n`);
          const one = ({ name: container, service: title }: (typeof chosen)[number], signal?: AbortSignal) =>
            engine.logs(container, { follow, tail, signal }, (line) => print(service === undefined ? `${title} | ${line}` : line));
          if (follow) await followAll(there.flat(), one);
          else for (const each of there.flat()) await one(each);
          return 0;
        });
      }),
    );
}

function lines(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('write a whole number');
  return value;
}
