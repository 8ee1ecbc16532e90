import { Command } from 'commander';
import type { Plan, ReportForm, StepClass } from '../../../lib/converge';
import type { Backup, SchemaRestoration } from '../../../lib/operate';
import { backupOf, reportingOperations } from '../backup-session';
import { type ClusterOptions, type ClusterSession, onCluster, withClusterOptions } from '../cluster-session';
import type { Context, ExitCode } from '../context';
import { oneEnvironment } from '../one-environment';
import type { Run } from '../options';
import { agreed, applyOn, withConsentOptions } from './apply';
import { reportOption } from './plan';

interface Options extends ClusterOptions {
  readonly metadata: string;
  /** False: none at all. */
  readonly groups?: string | false;
  readonly allow: readonly StepClass[];
  readonly allowProtected: readonly string[];
  readonly fromOtherCluster?: true;
  readonly dryRun?: true;
  readonly output: ReportForm;
  readonly yes?: true;
}

/** `kafkon backup restore <environment> --metadata <file>`. */
export function backupRestoreCommand(run: Run): Command {
  return withConsentOptions(withClusterOptions(new Command('restore')))
    .summary('bring back into a running cluster what a backup has')
    .description(
      'Makes what a backup has and a running cluster lacks, through a plan. What differs is changed where it is owned, else shown. ' +
        'Nothing is removed, no topic shrinks, and offsets that others have committed since need leave. Broken off, it goes on when run again.',
    )
    .argument('<environment>', 'id (tda/production) or file')
    .requiredOption('--metadata <file>', 'the backup')
    .option('--groups <names>', 'only the offsets of these groups, separated by commas; an ending * makes a prefix')
    .option('--no-groups', 'no offsets at all')
    .option('--from-other-cluster', 'the backup is of another cluster, and is meant to be')
    .option('--dry-run', 'print the plan, and change nothing')
    .addOption(reportOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon backup restore tda/production --metadata tda.json --dry-run\n  kafkon backup restore tda/staging --metadata tda.json --from-other-cluster\n\nExit status: 0 the cluster has all of it, 1 not all, 2 wrong usage.',
    )
    .action((name: string, options: Options) =>
      run((context) =>
        reportingOperations(context, async () => {
          const target = oneEnvironment(context, name, options);
          if (target === undefined) return 1;
          const read = await backupOf(context, options.metadata);
          if (read === undefined) return 1;
          return onCluster(context, target, options, (session) => restoreOn(context, session, read.backup, options));
        }),
      ),
    );
}

/** What the command does once it is connected. */
async function restoreOn(context: Context, session: ClusterSession, backup: Backup, options: Options): Promise<ExitCode> {
  const { planRestore } = await import('../../../lib/operate/index.js');
  const groups = options.groups === false ? [] : options.groups?.split(',').map((word) => word.trim());
  const fromOtherCluster = options.fromOtherCluster === true;
  const { plan, ports } = await planRestore(backup, session.desired, session.ports, { groups, fromOtherCluster });
  // Gathered, since the schemas belong to the same result.
  const said: string[] = [];
  const quiet: Context = { ...context, terminal: { ...context.terminal, out: (text) => said.push(text) } };
  const dry = options.dryRun === true;
  const code = dry ? await shown(quiet, plan, options) : await applyOn(quiet, { ...session, ports }, plan, options);
  let schemas: readonly SchemaRestoration[] | undefined;
  try {
    // Nothing is said where somebody did not agree. What was refused or failed of the rest is no reason to leave schemas out.
    schemas = said.length > 0 ? await schemasOf(context, backup, session, options) : undefined;
  } finally {
    // Whatever the registry does, what has been done is told.
    context.terminal.out(options.output === 'json' ? withSchemas(said.join(''), schemas) : `${said.join('')}${lines(schemas)}`);
  }
  const left = dry ? ['failed'] : ['failed', 'missing'];
  return code === 0 && (schemas ?? []).every(({ status }) => !left.includes(status)) ? 0 : 1;
}

async function shown(context: Context, plan: Plan, { output }: Options): Promise<ExitCode> {
  const { renderPlan } = await import('../../../lib/converge/index.js');
  context.terminal.out(renderPlan(plan, output));
  return plan.steps.some(({ kind }) => kind === 'refuse') ? 1 : 0;
}

/** After the rest; undefined where there is nothing to say. */
async function schemasOf(
  context: Context,
  backup: Backup,
  session: ClusterSession,
  options: Options,
): Promise<readonly SchemaRestoration[] | undefined> {
  const { schemas } = backup;
  const { registry } = session.ports;
  if (schemas === null || schemas.subjects.length === 0) return undefined;
  if (registry === undefined) {
    context.terminal.err(`the backup has ${schemas.subjects.length} schema subjects, which are left out; give --schema-registry\n`);
    return undefined;
  }
  const { askingRegistry, missingSchemas, restoreSchemas } = await import('../../../lib/operate/index.js');
  const missing = await askingRegistry(() => missingSchemas(schemas, registry));
  const count = missing.filter(({ status }) => status === 'missing').length;
  if (options.dryRun === true || count === 0) return missing;
  const asks = context.terminal.interactive && options.yes !== true;
  if (asks && !(await agreed(context, `Register what is missing of ${count} schema subjects?`))) return missing;
  const restored = await askingRegistry(() => restoreSchemas(schemas, registry));
  await adopt(session, restored);
  return restored;
}

/** What the environment declares is kept by it from now on, as everything else that was made. */
async function adopt({ desired, ports }: ClusterSession, restored: readonly SchemaRestoration[]): Promise<void> {
  const declared = new Set(desired.schemas?.subjects.map(({ subject }) => subject));
  const names = restored.filter(({ subject, status }) => status === 'registered' && declared.has(subject)).map(({ subject }) => subject);
  if (names.length === 0) return;
  const { changeOwnership } = await import('../../../lib/converge/index.js');
  await changeOwnership(desired, ports, { kind: 'schemas', action: 'adopt', names });
}

function lines(schemas: readonly SchemaRestoration[] = []): string {
  return schemas
    .filter(({ status, message }) => status !== 'there' || message !== undefined)
    .map(({ subject, status, versions, message }) => {
      const numbers = versions.length === 0 ? '' : ` (${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')})`;
      return `  ${status} schemas of ${subject}${numbers}${message === undefined ? '' : `: ${message}`}\n`;
    })
    .join('');
}

function withSchemas(json: string, schemas: readonly SchemaRestoration[] | undefined): string {
  if (schemas === undefined || json === '') return json;
  return `${JSON.stringify({ ...JSON.parse(json), schemas }, undefined, 2)}\n`;
}
