import { randomUUID } from 'node:crypto';
import type { SchemaRegistry } from '../kafka';
import type { BackupSchemas } from './backup-format';

/** All versions of all subjects, by name. */
export async function collectSchemas(registry: SchemaRegistry): Promise<BackupSchemas> {
  const subjects: BackupSchemas['subjects'] = [];
  // Some registries answer for a subject without a level of its own, as for one that nobody ever made: that is no level to bring back.
  const answeredForNone = await registry.compatibility(`nobody-${randomUUID()}`);
  for (const subject of [...(await registry.subjects())].sort()) {
    const versions = await registry.versions(subject);
    if (versions.length === 0) continue;
    const level = await registry.compatibility(subject);
    subjects.push({
      subject,
      compatibility: level === undefined || level === answeredForNone ? null : level,
      versions: versions.map(({ version, id, type, text, references = [] }) => ({
        version,
        id,
        type,
        text,
        references: references.map(({ name, subject, version }) => ({ name, subject, version })),
      })),
    });
  }
  return { compatibility: (await registry.compatibility()) ?? null, subjects };
}
