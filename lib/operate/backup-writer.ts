import { createHash } from 'node:crypto';
import { type Backup, type BackupHead, type BackupList, backupLists } from './backup-format';

/** Where text goes, piece by piece; a slow one makes the writer wait. */
export interface TextSink {
  write(text: string): Promise<void>;
}

/** What goes into a backup. Lists may come as they are read, so that none of them has to fit into memory. */
export type BackupParts = {
  readonly [List in BackupList]: Iterable<Backup[List][number]> | AsyncIterable<Backup[List][number]>;
} & Pick<Backup, 'schemas' | 'connectors'>;

/** What was written. */
export interface BackupSummary extends BackupHead {
  /** How many items each list has. */
  readonly counts: Readonly<Record<BackupList | 'schemas' | 'connectors', number>>;
  /** Of everything before it in the file. */
  readonly sha256: string;
}

/**
 * Writes a backup as JSON, an item a line, so that two of them can be compared by eye. Its last line has the SHA-256 of all that
 * stands before it: a file that was cut or changed is known by it.
 */
export async function writeBackup(head: BackupHead, parts: BackupParts, sink: TextSink): Promise<BackupSummary> {
  const hash = createHash('sha256');
  const put = async (text: string) => {
    hash.update(text);
    await sink.write(text);
  };
  const counts: Record<string, number> = {};
  await put(
    `{\n${Object.entries(head)
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')}`,
  );
  for (const list of backupLists) counts[list] = await putList(list, parts[list], put);
  counts.schemas = parts.schemas?.subjects.length ?? 0;
  await put(`,\n"schemas": ${schemasText(parts.schemas)}`);
  counts.connectors = parts.connectors?.length ?? 0;
  if (parts.connectors === null) await put(',\n"connectors": null');
  else await putList('connectors', parts.connectors, put);
  const sha256 = hash.digest('hex');
  await sink.write(`${sealOf(sha256)}`);
  return { ...head, counts: counts as BackupSummary['counts'], sha256 };
}

/** The end of the file. */
export function sealOf(sha256: string): string {
  return `,\n"sha256": "${sha256}"\n}\n`;
}

async function putList(
  list: BackupList | 'connectors',
  items: Iterable<object> | AsyncIterable<object>,
  put: (text: string) => Promise<void>,
): Promise<number> {
  await put(`,\n${JSON.stringify(list)}: [`);
  let count = 0;
  for await (const item of items) await put(`${count++ === 0 ? '' : ','}\n${JSON.stringify(item)}`);
  await put(count === 0 ? ']' : '\n]');
  return count;
}

function schemasText(schemas: Backup['schemas']): string {
  if (schemas === null) return 'null';
  const subjects = schemas.subjects.map((subject) => `\n${JSON.stringify(subject)}`).join(',');
  return `{ "compatibility": ${JSON.stringify(schemas.compatibility)}, "subjects": [${subjects}${subjects === '' ? '' : '\n'}] }`;
}
