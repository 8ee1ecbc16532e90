import { Argument, Command } from 'commander';
import { type ClusterOptions, onCluster, withClusterOptions } from '../cluster-session';
import { oneEnvironment } from '../one-environment';
import type { Run } from '../options';

/** `kafkon cluster <environment> pin`: the id that a running cluster has, to be written into its environment. */
export function clusterCommand(run: Run): Command {
  return withClusterOptions(new Command('cluster'))
    .summary('pin an environment to its running cluster')
    .description(
      'pin reads the id of the running cluster and prints the line for the environment file. Once it stands there, no other cluster is written to.',
    )
    .argument('<environment>', 'id (tda/production) or file')
    .addArgument(new Argument('<action>', 'what to do').choices(['pin']))
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon cluster tda/production pin\n\nExit status: 0 the id is printed, 1 another id is pinned or nobody answers, 2 wrong usage.',
    )
    .action((name: string, _action: string, options: ClusterOptions) =>
      run(async (context) => {
        const target = oneEnvironment(context, name, options);
        if (target === undefined) return 1;
        return onCluster(context, target, options, async ({ environment, ports }) => {
          const { clusterId } = await ports.admin.cluster();
          if (environment.clusterId !== undefined && environment.clusterId !== clusterId) {
            context.terminal.err(
              `error: ${target.id} is pinned to ${environment.clusterId}, and this is the cluster ${clusterId} [converge/wrong-cluster]\n`,
            );
            return 1;
          }
          context.terminal.out(`clusterId: ${clusterId}\n`);
          context.terminal.err(
            environment.clusterId === clusterId ? `${target.id} is pinned to it\n` : `write this line into the file of ${target.id}\n`,
          );
          return 0;
        });
      }),
    );
}
