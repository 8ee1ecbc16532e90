import { Command, InvalidArgumentError } from 'commander';
import type { ApplyOptions, Plan, Progress, ReportForm, Step, StepClass } from '../../../lib/converge';
import { type ClusterOptions, type ClusterSession, onCluster, withClusterOptions } from '../cluster-session';
import type { Context, ExitCode } from '../context';
import type { Run } from '../options';
import { planSource } from '../plan-source';
import { reportOption } from './plan';

interface Options extends ClusterOptions {
  readonly allow: readonly StepClass[];
  readonly allowProtected: readonly string[];
  readonly desired: readonly string[];
  readonly output: ReportForm;
  readonly yes?: true;
}

const dangerous: readonly StepClass[] = ['data-loss', 'irreversible'];

function classes(text: string, before: readonly StepClass[]): readonly StepClass[] {
  const words = text.split(',').map((word) => dangerous.find((each) => each === word.trim()));
  if (words.includes(undefined)) throw new InvalidArgumentError(`write ${dangerous.join(' or ')}, separated by commas`);
  return [...before, ...words.flatMap((word) => word ?? [])];
}

const listed = (text: string, before: readonly string[]): readonly string[] => [...before, ...text.split(',').map((word) => word.trim())];

/** Adds the options by which one agrees to steps beforehand. */
export function withConsentOptions(command: Command): Command {
  return command
    .option('--allow <classes>', 'do steps of these classes without asking: data-loss, irreversible', classes, [])
    .option('--allow-protected <topics>', 'protected topics that such steps may be done to, each by name', listed, [])
    .option('--yes', 'do not ask before harmless steps');
}

/** `kafkon apply <environment | plan.json>`: makes a running cluster as declared. */
export function applyCommand(run: Run): Command {
  return withConsentOptions(withClusterOptions(new Command('apply')))
    .summary('make a running cluster as declared')
    .description(
      'Makes the topics, settings, users, ACLs, quotas, schemas and connectors of a running cluster match what is declared, or does exactly what a plan says. ' +
        'What was not made by it or adopted is never touched. Broken off, it goes on when run again.',
    )
    .argument('[environment]', 'id (tda/production), file, or a plan (.json)')
    .option(
      '--desired <file>',
      'a resolved environment as JSON, as manifests carry it; given again for each part',
      (file, before) => [...before, file],
      [] as string[],
    )
    .addOption(reportOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon apply tda/development\n  kafkon apply plan.json --allow data-loss\n\nExit status: 0 the cluster is as declared, 1 not all of it, 2 wrong usage.',
    )
    .action((name: string | undefined, options: Options) =>
      run(async (context) => {
        const source = planSource(context, name, options);
        if (source === undefined) return 1;
        return onCluster(context, source, options, (session) => applyOn(context, session, source.plan, options));
      }),
    );
}

/** What the command does once it is connected. */
export async function applyOn(
  context: Context,
  { desired, ports }: ClusterSession,
  given: Plan | undefined,
  options: Pick<Options, 'output' | 'yes' | 'allow' | 'allowProtected'>,
): Promise<ExitCode> {
  const { apply, planWithImpact, readLive, renderPlan, renderResult } = await import('../../../lib/converge/index.js');
  const planned = async () => {
    const live = await readLive(desired, ports);
    return { live, plan: await planWithImpact(desired, live, ports.admin) };
  };
  const { plan, ...read } = given === undefined ? await planned() : { plan: given };
  if (options.output === 'text') context.terminal.err(renderPlan(plan));
  const interactive = context.terminal.interactive && options.yes !== true;
  if (interactive && plan.steps.some(({ kind }) => kind !== 'refuse') && !(await agreed(context, 'Apply this?'))) return 1;
  const consent: ApplyOptions = {
    ...read,
    allow: options.allow,
    protectedTopics: options.allowProtected,
    by: context.variables.USER ?? 'kafkon',
    onProgress: (progress) => tell(context, progress),
    ...(interactive ? { ask: (step, missing) => agreed(context, `${questionOf(step)} (${missing})`) } : {}),
  };
  const result = await apply(plan, ports, consent);
  context.terminal.out(renderResult(plan, result, options.output));
  return result.status === 'complete' || result.status === 'nothing-to-do' ? 0 : 1;
}

/** Asks, and takes anything but a clear yes for a no. */
export async function agreed(context: Context, message: string): Promise<boolean> {
  return (await context.prompter.choose({ message, options: ['no', 'yes'], initial: 'no' })) === 'yes';
}

/** Names the topic: nobody agrees to something dangerous in general. */
function questionOf(step: Step): string {
  return `${step.id} is ${step.class}${step.affects.length === 0 ? '' : `: ${step.affects.join('; ')}`}. Do it?`;
}

function tell(context: Context, { doing, count, done, total }: Progress): void {
  const what =
    doing === 'waiting' ? 'waiting until it shows' : doing === 'moving' ? `${count} partitions are moving` : `${doing}: ${count}`;
  context.terminal.err(`[${done}/${total}] ${what}\n`);
}
