import type { TextSink } from './backup-writer';

/** Where backups are kept: a directory of files. Paths are absolute, or relative to where the program was started. */
export interface BackupStore {
  /**
   * Writes a file of which nothing can be seen until all of it is there, for its owner alone. What was there under that name is replaced.
   * @throws OperateError when it can't be written
   */
  write<Result>(path: string, produce: (sink: TextSink) => Promise<Result>): Promise<Result>;
  /** The whole text; undefined when there is no such file. @throws OperateError when it can't be read */
  read(path: string): Promise<string | undefined>;
  /** Names of the files in a directory, sorted; undefined when it is none. @throws OperateError when it can't be read */
  list(directory: string): Promise<readonly string[] | undefined>;
  /** What is not there is no failure. @throws OperateError when it can't be removed */
  remove(path: string): Promise<void>;
}

/** Names by which backups are known: others in the same directory are nobody's business. */
const named = (environment: string) => new RegExp(`^${environment}-\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}Z\\.json$`);
const ofAny = named('.+');

/** Whether a file has the name of a backup, of whatever environment. */
export function isBackupName(name: string): boolean {
  return ofAny.test(name);
}

/** `orders-production-2026-11-21T12-00-00Z.json`: by name is by time. */
export function backupName(environment: string, createdAt: Date): string {
  return `${environment}-${createdAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z.json`;
}

/** The backups of an environment among the names in a directory, the oldest first. */
export function backupsIn(names: readonly string[], environment: string): readonly string[] {
  const pattern = named(environment);
  return names.filter((name) => pattern.test(name)).sort();
}

/** Removes all but the latest backups of an environment; gives the names of those removed. */
export async function keepLatest(store: BackupStore, directory: string, environment: string, keep: number): Promise<readonly string[]> {
  const all = backupsIn((await store.list(directory)) ?? [], environment);
  const old = all.slice(0, Math.max(0, all.length - keep));
  for (const name of old) await store.remove(`${directory}/${name}`);
  return old;
}
