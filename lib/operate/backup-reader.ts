import { createHash } from 'node:crypto';
import type { Problem } from '../model';
import { type Backup, backup, backupFormat } from './backup-format';
import { sealOf } from './backup-writer';

/** A backup, or everything that is wrong with it. */
export type ReadBackup =
  | { readonly backup: Backup; readonly sha256: string; readonly problems: readonly [] }
  | { readonly backup: undefined; readonly problems: readonly Problem[] };

/** Longer than any seal. */
const sealLength = 100;

/**
 * Reads the text of a backup. One of a later format is refused by its number, one that was cut or changed by its checksum; of anything
 * else all problems are found at once.
 */
export function readBackup(text: string): ReadBackup {
  // Before the checksum: a later format may have another one.
  const format = formatOf(text);
  if (format === undefined) return refused('backup/not-a-backup', [], 'this is no backup; make one with kafkon backup create --metadata');
  if (format > backupFormat) {
    const message = `format ${format} was written by a later kafkon, and this one reads up to ${backupFormat}; use that one`;
    return refused('backup/newer-format', ['formatVersion'], message);
  }
  const sha256 = createHash('sha256')
    .update(text.slice(0, bodyLength(text)))
    .digest('hex');
  if (!text.endsWith(sealOf(sha256))) {
    const message = 'the checksum at the end is not that of the file, which was cut or changed; take another copy of it, or another backup';
    return refused('backup/damaged', ['sha256'], message);
  }
  const { sha256: _, ...value } = JSON.parse(text) as Record<string, unknown>;
  const parsed = backup.safeParse(format === 1 ? { ...value, connectors: null } : value);
  if (parsed.success) return { backup: parsed.data, sha256, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }): Problem => {
    const at = path.map((step) => (typeof step === 'number' ? step : String(step)));
    return { code: 'backup/schema', severity: 'error', path: at, message: `${message}; take another backup` };
  });
  return { backup: undefined, problems };
}

function refused(code: string, path: Problem['path'], message: string): ReadBackup {
  return { backup: undefined, problems: [{ code, severity: 'error', path, message }] };
}

/** The number stands at the beginning, where it survives whatever becomes of the rest. */
function formatOf(text: string): number | undefined {
  const found = /^\{\s*"formatVersion"\s*:\s*(\d{1,9})\b/.exec(text);
  return found === null ? undefined : Number(found[1]);
}

function bodyLength(text: string): number {
  const seal = text.lastIndexOf(',\n"sha256": "');
  return seal < text.length - sealLength ? text.length : seal;
}
