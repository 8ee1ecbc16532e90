import type { ConnectCluster, KafkaAdmin, SchemaRegistry } from '../../lib/kafka';
import { type Environment, formatPath, type Problem } from '../../lib/model';
import type { Backup, BackupStore, BackupSummary } from '../../lib/operate';
import { type Context, type ExitCode, UsageError } from './context';
import { version } from './package-directory';

/** Where backups are kept when nothing else is said. */
export const backupDirectory = 'backups';

/** Says why an operation was stopped, in one line. */
export async function reportingOperations(context: Context, act: () => Promise<ExitCode>): Promise<ExitCode> {
  const { OperateError } = await import('../../lib/operate/index.js');
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof OperateError)) throw error;
    context.terminal.err(`error: ${error.message} [backup/${error.code}]\n`);
    return 1;
  }
}

/** What a backup is made of, and where it goes. */
export interface NewBackup {
  readonly environment: Environment;
  readonly admin: KafkaAdmin;
  /** A file that is not there yet, or a directory. @default 'backups' */
  readonly out?: string | undefined;
  /** How many backups of the environment stay in the directory. @default - all */
  readonly keep?: number | undefined;
  /** @default - no schemas */
  readonly registry?: SchemaRegistry | undefined;
  /** @default - no connectors */
  readonly connect?: ConnectCluster | undefined;
}

/** A backup that was made. */
export interface MadeBackup extends BackupSummary {
  readonly path: string;
  /** Older ones that went, by name. */
  readonly removed: readonly string[];
}

/** Makes a backup and puts it in its place; then, and only then, older ones may go. */
export async function makeBackup(context: Context, given: NewBackup): Promise<MadeBackup> {
  const { environment, admin, out = backupDirectory, keep, registry, connect } = given;
  const { backupName, collectBackup, keepLatest, writeBackup } = await import('../../lib/operate/index.js');
  const store = await context.backups();
  const directory = await directoryOf(store, out);
  if (directory === undefined && keep !== undefined) throw new UsageError('--keep is about the backups in a directory; let --out name one');
  const path = directory === undefined ? out : `${directory}/${backupName(environment.name, context.now)}`;
  if (directory === undefined && (await store.read(path)) !== undefined)
    throw new UsageError(`${path} exists already; remove it, or name another file`);
  const { head, parts } = await collectBackup({
    environment,
    admin,
    tool: `kafkon ${version()}`,
    now: context.now,
    ...(registry === undefined ? {} : { registry }),
    ...(connect === undefined ? {} : { connect }),
    secrets: Object.fromEntries(Object.entries(environment.connectors).map(([name, { secrets }]) => [name, secrets])),
  });
  const summary = await store.write(path, (sink) => writeBackup(head, parts, sink));
  for (const warning of leftOut(given)) context.terminal.err(`${warning}\n`);
  const removed = directory === undefined || keep === undefined ? [] : await keepLatest(store, directory, environment.name, keep);
  return { path, ...summary, removed };
}

/** What the environment declares, and a backup has not because nobody named the service that holds it. */
function leftOut({ environment: { schemas, connectors }, registry, connect }: NewBackup): readonly string[] {
  const declared = (names: object, service: unknown) => service === undefined && Object.keys(names).length > 0;
  return [
    ...(declared(schemas, registry)
      ? ['warning: the backup has no schemas, since no schema registry is named; give --schema-registry [backup/no-registry]']
      : []),
    ...(declared(connectors, connect)
      ? ['warning: the backup has no connectors, since no Connect is named; give --connect [backup/no-connect]']
      : []),
  ];
}

/** A path that is a directory, or shall be one; a name that ends in `.json` is a file's. */
async function directoryOf(store: BackupStore, out: string): Promise<string | undefined> {
  const bare = out.replace(/\/+$/, '') || '/';
  return !out.endsWith('.json') || (await store.list(bare)) !== undefined ? bare : undefined;
}

/** A backup from a file, or undefined after saying what is wrong with it. */
export async function backupOf(context: Context, path: string): Promise<{ readonly backup: Backup; readonly sha256: string } | undefined> {
  const { readBackup } = await import('../../lib/operate/index.js');
  const text = await (await context.backups()).read(path);
  if (text === undefined) throw new UsageError(`${path}: no such file; kafkon backup list says which there are`);
  const read = readBackup(text);
  if (read.backup !== undefined) return read;
  tellBackupProblems(context, path, read.problems);
  return undefined;
}

function tellBackupProblems(context: Context, path: string, problems: readonly Problem[]): void {
  for (const { path: at, message, code } of problems)
    context.terminal.err(`${path}: error: ${at.length === 0 ? '' : `${formatPath(at)}: `}${message} [${code}]\n`);
}

/** Keeps a backup that was made elsewhere, if all of it came; its path, or undefined after saying what is wrong with it. */
export async function keepBackup(context: Context, environment: string, out: string, text: string): Promise<string | undefined> {
  const { backupName, readBackup } = await import('../../lib/operate/index.js');
  const store = await context.backups();
  const directory = await directoryOf(store, out);
  const path = directory === undefined ? out : `${directory}/${backupName(environment, context.now)}`;
  const { backup, problems } = readBackup(text);
  if (backup === undefined) {
    tellBackupProblems(context, path, problems);
    return undefined;
  }
  await store.write(path, (sink) => sink.write(text));
  return path;
}

/** How many of each thing, in words. */
export function countsText(counts: BackupSummary['counts']): string {
  const words = {
    topics: 'topics',
    brokerConfigs: 'brokers with settings of their own',
    acls: 'ACLs',
    users: 'users',
    quotas: 'quotas',
    groups: 'groups with offsets',
    schemas: 'schema subjects',
    connectors: 'connectors',
  } as const;
  return (Object.keys(words) as (keyof typeof words)[]).map((list) => `${counts[list]} ${words[list]}`).join(', ');
}

/** The same of a backup that was read. */
export function countsOf(backup: Backup): BackupSummary['counts'] {
  const { topics, brokerConfigs, acls, users, quotas, groups, schemas, connectors } = backup;
  return {
    topics: topics.length,
    brokerConfigs: brokerConfigs.length,
    acls: acls.length,
    users: users.length,
    quotas: quotas.length,
    groups: groups.length,
    schemas: schemas?.subjects.length ?? 0,
    connectors: connectors?.length ?? 0,
  };
}
