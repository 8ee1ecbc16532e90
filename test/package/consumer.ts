import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../architecture/sources';

/** A project somewhere else that has the packed package installed. */
export interface Consumer {
  readonly directory: string;
  /** Runs a program in the project and returns what it printed; throws with its output when it fails. */
  run(program: string, ...words: readonly string[]): string;
  write(path: string, text: string): void;
  read(path: string): string;
  remove(): void;
}

/** Packs the package as it would be published, once. */
export function pack(): { readonly file: string; readonly contents: readonly string[] } {
  const directory = mkdtempSync(join(tmpdir(), 'kafkon-pack-'));
  const printed = execute(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', directory);
  const [packed] = JSON.parse(printed) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error(`npm pack printed no package: ${printed}`);
  return { file: join(directory, packed.filename), contents: packed.files.map(({ path }) => path) };
}

/** A new project made of a folder beside this file, with the package and the given others, at the versions that are developed with. */
export function consumer(template: string, packed: string, ...packages: readonly string[]): Consumer {
  const directory = mkdtempSync(join(tmpdir(), 'kafkon-consumer-'));
  cpSync(join(__dirname, template), directory, { recursive: true });
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
  const wanted = packages.map((name) => (name.includes('@', 1) ? name : `${name}@${pinned.devDependencies[name] ?? 'latest'}`));
  execute(directory, 'npm', 'install', '--no-audit', '--no-fund', packed, ...wanted);
  return {
    directory,
    run: (program, ...words) => execute(directory, program, ...words),
    write: (path, text) => {
      mkdirSync(join(directory, path, '..'), { recursive: true });
      writeFileSync(join(directory, path), text);
    },
    read: (path) => readFileSync(join(directory, path), 'utf8'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Runs a program in a directory and returns what it printed; throws with its output when it fails. */
export function execute(directory: string, program: string, ...words: readonly string[]): string {
  try {
    return execFileSync(program, words, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${[program, ...words].join(' ')} failed:\n${stdout}${stderr}`);
  }
}
