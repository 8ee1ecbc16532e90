import { Command } from 'commander';
import { environmentLoader } from '../../../lib/environment';
import { onDocker } from '../docker-environment';
import { directoryOption, outputOption, type Run } from '../options';
import { table } from '../table';

interface Options {
  readonly environments: string;
  readonly output: 'text' | 'json';
}

/** One line of the list. */
interface Listed {
  /** The environment's id; absent for a cluster that no file here describes. */
  readonly environment?: string;
  /** The name on its containers. */
  readonly cluster: string;
  readonly standing: string;
  readonly containers: number;
}

/** `kafkon list`: every environment, and whether it is up on this Docker host. */
export function listCommand(run: Run): Command {
  return new Command('list')
    .summary('list environments and whether they are up on Docker')
    .description('Lists every environment that is no base of others, and every cluster of kafkon on the Docker host, with how it stands.')
    .addOption(directoryOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon list\n  kafkon list -o json | jq \'.[] | select(.standing == "up")\'\n\nExit status: 0 shown, 1 no engine, 2 wrong usage.',
    )
    .action((options: Options) =>
      run((context) =>
        onDocker(context, async ({ engine }) => {
          const { clusterLabel, isServing, standingOf } = await import('../../../lib/lifecycle/index.js');
          const loader = environmentLoader(context.files, { directory: options.environments });
          const files = loader.discover().environments.filter(({ abstract }) => !abstract);
          const names = new Map(files.flatMap(({ id }) => nameOf(loader.load(id).value, id)));
          const containers = (await engine.labelled(clusterLabel)).filter(({ labels }) => labels['kafkon.dev/component'] !== 'prepare');
          const clusters = new Set([...names.keys(), ...containers.map(({ labels }) => labels[clusterLabel] ?? '')]);
          const rows = [...clusters].map((cluster): Listed => {
            const own = containers.filter(({ labels }) => labels[clusterLabel] === cluster);
            const id = names.get(cluster);
            return {
              ...(id === undefined ? {} : { environment: id }),
              cluster,
              standing: standingOf(own.filter(isServing).length, own.length),
              containers: own.length,
            };
          });
          if (options.output === 'json') context.terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
          else
            context.terminal.out(
              table(
                rows.map(({ environment, cluster, standing, containers: count }) => ({
                  ENVIRONMENT: environment ?? '-',
                  CLUSTER: cluster,
                  STANDING: standing,
                  CONTAINERS: String(count),
                })),
              ),
            );
          return 0;
        }),
      ),
    );
}

function nameOf(value: unknown, id: string): [string, string][] {
  const name = (value as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? [[name, id]] : [];
}
