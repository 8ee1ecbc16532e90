import { Command, InvalidArgumentError } from 'commander';
import { backupDirectory, countsText, makeBackup, reportingOperations } from '../backup-session';
import { type ClusterOptions, onCluster, withClusterOptions } from '../cluster-session';
import { UsageError } from '../context';
import { outputOption, type Run } from '../options';
import { planSource } from '../plan-source';

interface Options extends ClusterOptions {
  readonly metadata?: true;
  readonly out?: string;
  readonly keep?: number;
  readonly desired: readonly string[];
  readonly output: 'text' | 'json';
}

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('write a whole number from 1');
  return Number(text);
}

/** `kafkon backup create <environment> --metadata`. */
export function backupCreateCommand(run: Run): Command {
  return withClusterOptions(new Command('create'))
    .summary('write what a running cluster knows into a file')
    .description(
      'Writes topics, settings, ACLs, users without passwords, quotas, group offsets, schemas and connectors of a running cluster into a file. ' +
        'Nothing of the cluster is changed. The file appears once it is whole, for its owner alone.',
    )
    .argument('[environment]', 'id (tda/production) or file')
    .option('--metadata', 'everything but the records; has to be said, since there is no other kind yet')
    .option('--out <path>', `a directory, or a file that ends in .json and is not there yet; default: ${backupDirectory}`)
    .option('--keep <number>', 'how many backups of the environment stay in the directory; default: all', count)
    .option(
      '--desired <file>',
      'a resolved environment as JSON, as manifests carry it; given again for each part',
      (file, before) => [...before, file],
      [] as string[],
    )
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon backup create tda/production --metadata\n  kafkon backup create tda/production --metadata --out /var/backups/kafka --keep 14\n\nExit status: 0 written, 1 not written, 2 wrong usage.',
    )
    .action((name: string | undefined, options: Options) =>
      run(async (context) => {
        if (options.metadata !== true)
          throw new UsageError('give --metadata: topics, settings, grants and offsets; records are in no backup');
        const source = planSource(context, name, options);
        if (source === undefined) return 1;
        if (source.plan !== undefined) throw new UsageError('name an environment, not a plan');
        return onCluster(context, source, options, ({ environment, ports }) =>
          reportingOperations(context, async () => {
            const { out, keep } = options;
            const { admin, registry, connect } = ports;
            const made = await makeBackup(context, { environment, admin, registry, connect, out, keep });
            if (options.output === 'json') context.terminal.out(`${JSON.stringify(made, undefined, 2)}\n`);
            else context.terminal.out(`${made.path}: ${countsText(made.counts)}\n`);
            for (const old of made.removed) context.terminal.err(`removed ${old}\n`);
            return 0;
          }),
        );
      }),
    );
}
