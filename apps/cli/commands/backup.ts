import { Command } from 'commander';
import type { Run } from '../options';
import { backupCreateCommand } from './backup-create';
import { backupListCommand, backupShowCommand } from './backup-list';
import { backupRestoreCommand } from './backup-restore';

/** `kafkon backup create|restore|list|show`: what a cluster knows, in a file. */
export function backupCommand(run: Run): Command {
  return new Command('backup')
    .summary('keep what a cluster knows in a file, and bring it back')
    .description(
      'Backups of everything a cluster knows but its records: topics, settings, ACLs, users without passwords, quotas, offsets, schemas.',
    )
    .addCommand(backupCreateCommand(run))
    .addCommand(backupRestoreCommand(run))
    .addCommand(backupListCommand(run))
    .addCommand(backupShowCommand(run));
}
