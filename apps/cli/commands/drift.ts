import { Command } from 'commander';
import type { ReportForm } from '../../../lib/converge';
import { type ClusterOptions, onCluster, withClusterOptions } from '../cluster-session';
import { oneEnvironment } from '../one-environment';
import type { Run } from '../options';
import { reportOption } from './plan';

interface Options extends ClusterOptions {
  readonly output: ReportForm;
}

/** The refusals of a plan that could not look. */
const unanswered: readonly string[] = ['refuse schema registry', 'refuse Kafka Connect'];

/** `kafkon drift <environment>`: whether a running cluster is as declared. */
export function driftCommand(run: Run): Command {
  return withClusterOptions(new Command('drift'))
    .summary('tell whether a running cluster is as declared')
    .description('Prints what differs between a running cluster and what is declared. For a schedule: the exit status tells.')
    .argument('<environment>', 'id (tda/production) or file')
    .addOption(reportOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon drift tda/production\n\nExit status: 0 as declared, 3 it differs, 1 it could not be told, 2 wrong usage.',
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        const target = oneEnvironment(context, name, options);
        if (target === undefined) return 1;
        return onCluster(context, target, options, async ({ desired, ports }) => {
          const { isDrift, planWithImpact, readLive, renderPlan } = await import('../../../lib/converge/index.js');
          const plan = await planWithImpact(desired, await readLive(desired, ports), ports.admin);
          context.terminal.out(renderPlan(plan, options.output));
          // A service that did not answer: whether it is as declared is not known.
          if (plan.steps.some(({ id }) => unanswered.includes(id))) return 1;
          return isDrift(plan) ? 3 : 0;
        });
      }),
    );
}
