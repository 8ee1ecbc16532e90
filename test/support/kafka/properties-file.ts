import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a Java properties file of plain ASCII settings into a folder and answers its path. */
export function propertiesFile(folder: string, name: string, settings: Readonly<Record<string, string | number | boolean>>): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(file, lines.join(''));
  return file;
}
