import { Command, Option } from 'commander';
import type { ReportForm } from '../../../lib/converge';
import { type ClusterOptions, onCluster, withClusterOptions } from '../cluster-session';
import { UsageError } from '../context';
import { oneEnvironment } from '../one-environment';
import type { Run } from '../options';

interface Options extends ClusterOptions {
  readonly out?: string;
  readonly output: ReportForm;
}

/** How a plan is printed. */
export function reportOption(): Option {
  return new Option('-o, --output <form>', 'how to print the result').choices(['text', 'json', 'markdown']).default('text');
}

/** `kafkon plan <environment>`: what a running cluster lacks. */
export function planCommand(run: Run): Command {
  return withClusterOptions(new Command('plan'))
    .summary('say what a running cluster lacks')
    .description(
      'Compares the topics, settings, users, ACLs, quotas, schemas and connectors of a running cluster with what is declared, and changes nothing.',
    )
    .argument('<environment>', 'id (tda/production) or file')
    .option('--out <file>', 'also write the plan there, for kafkon apply; the file must not exist yet')
    .addOption(reportOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon plan tda/development\n  kafkon plan tda/production --out plan.json\n  kafkon plan tda/production -o markdown\n\nExit status: 0 planned, 1 refused steps or no plan, 2 wrong usage.',
    )
    .action((name: string, options: Options) =>
      run(async (context) => {
        const target = oneEnvironment(context, name, options);
        if (target === undefined) return 1;
        return onCluster(context, target, options, async ({ desired, ports }) => {
          const { planWithImpact, readLive, renderPlan } = await import('../../../lib/converge/index.js');
          const plan = await planWithImpact(desired, await readLive(desired, ports), ports.admin);
          if (options.out !== undefined && !context.writer.createFile(options.out, renderPlan(plan, 'json')))
            throw new UsageError(`${options.out} exists already; remove it, or name another file`);
          context.terminal.out(renderPlan(plan, options.output));
          return plan.steps.some(({ kind }) => kind === 'refuse') ? 1 : 0;
        });
      }),
    );
}
