import { Command } from 'commander';
import { backupDirectory, backupOf, countsOf, countsText, reportingOperations } from '../backup-session';
import { UsageError } from '../context';
import { outputOption, type Run } from '../options';
import { table } from '../table';

interface Options {
  readonly output: 'text' | 'json';
}

/** `kafkon backup list [directory]`. */
export function backupListCommand(run: Run): Command {
  return new Command('list')
    .summary('say which backups a directory has')
    .description('Reads every backup in a directory and says of when and of what cluster it is, and whether it is whole.')
    .argument('[directory]', 'where the backups are', backupDirectory)
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon backup list\n  kafkon backup list /var/backups/kafka\n\nExit status: 0 all are whole, 1 one is not, 2 wrong usage.',
    )
    .action((directory: string, { output }: Options) =>
      run((context) =>
        reportingOperations(context, async () => {
          const { isBackupName, readBackup } = await import('../../../lib/operate/index.js');
          const store = await context.backups();
          const names = await store.list(directory);
          if (names === undefined) throw new UsageError(`${directory} is no directory; name one with backups`);
          const rows: Record<string, string>[] = [];
          for (const file of names.filter((name) => name.endsWith('.json'))) {
            const { backup, problems } = readBackup((await store.read(`${directory}/${file}`)) ?? '');
            const [first] = problems;
            // Another program's file, unless it has the name of one of ours: then it was one.
            if (first?.code === 'backup/not-a-backup' && !isBackupName(file)) continue;
            const { environment = '', clusterId = '', createdAt = '' } = backup ?? {};
            rows.push({ file, environment, cluster: clusterId, created: createdAt, state: first === undefined ? 'whole' : first.code });
          }
          context.terminal.out(output === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : table(rows));
          if (rows.length === 0) context.terminal.err(`no backup in ${directory}\n`);
          return rows.every(({ state }) => state === 'whole') ? 0 : 1;
        }),
      ),
    );
}

/** `kafkon backup show <file>`. */
export function backupShowCommand(run: Run): Command {
  return new Command('show')
    .summary('say what a backup holds')
    .description('Checks a backup and says what it holds.')
    .argument('<file>', 'a backup')
    .addOption(outputOption())
    .addHelpText('after', '\nExamples:\n  kafkon backup show orders.json\n\nExit status: 0 it is whole, 1 it is not, 2 wrong usage.')
    .action((file: string, { output }: Options) =>
      run((context) =>
        reportingOperations(context, async () => {
          const read = await backupOf(context, file);
          if (read === undefined) return 1;
          const { backup, sha256 } = read;
          const { environment, clusterId, createdAt, kafkaVersion, tool, formatVersion } = backup;
          const counts = countsOf(backup);
          const head = { formatVersion, tool, createdAt, environment, clusterId, kafkaVersion };
          if (output === 'json') context.terminal.out(`${JSON.stringify({ ...head, counts, sha256 }, undefined, 2)}\n`);
          else
            context.terminal.out(
              `${environment} on cluster ${clusterId}, ${kafkaVersion}, ${createdAt}, written by ${tool}\n${countsText(counts)}\nsha256 ${sha256}\n`,
            );
          return 0;
        }),
      ),
    );
}
