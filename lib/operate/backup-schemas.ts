import type { SchemaRegistry } from '../kafka';
import type { BackupSchemas } from './backup-format';

/** All versions of all subjects, by name. */
export async function collectSchemas(registry: SchemaRegistry): Promise<BackupSchemas> {
  const subjects: BackupSchemas['subjects'] = [];
  for (const subject of [...(await registry.subjects())].sort()) {
    const versions = await registry.versions(subject);
    if (versions.length === 0) continue;
    subjects.push({
      subject,
      compatibility: (await registry.compatibility(subject)) ?? null,
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
