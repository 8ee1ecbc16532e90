import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

/** One source file of the product and what it imports. */
export interface Source {
  /** From the root of the project, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Files of the product, from the root; and packages, by name. */
  readonly imports: readonly Import[];
}

export interface Import {
  readonly target: string;
  readonly package: boolean;
  /** Gone at run time. */
  readonly typeOnly: boolean;
}

export const root = join(__dirname, '..', '..');

/** Every TypeScript file below the given folders of the project. */
export function sources(...folders: readonly string[]): readonly Source[] {
  const paths = folders.flatMap((folder) => filesBelow(join(root, folder))).map((path) => relative(root, path).split('\\').join('/'));
  const known = new Set(paths);
  return paths.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, imports: importsOf(path, text, known) };
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const lazy = /\b(?:import|require)\('([^']+)'\)/g;

function importsOf(path: string, text: string, known: ReadonlySet<string>): Import[] {
  const found = [
    ...[...text.matchAll(statement)].map((match) => ({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined })),
    ...[...text.matchAll(lazy)].map((match) => ({ specifier: match[1] ?? '', typeOnly: false })),
  ];
  return found.map(({ specifier, typeOnly }) =>
    specifier.startsWith('.')
      ? { target: resolve(path, specifier, known), package: false, typeOnly }
      : { target: packageName(specifier), package: true, typeOnly },
  );
}

function resolve(from: string, specifier: string, known: ReadonlySet<string>): string {
  const stem = posix.join(posix.dirname(from), specifier.replace(/\.js$/, ''));
  return [`${stem}.ts`, `${stem}/index.ts`, stem].find((candidate) => known.has(candidate)) ?? stem;
}

function packageName(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** The folder below `lib` that a file is in, or `apps`. */
export function layerOf(path: string): string {
  const [top = '', next = ''] = path.split('/');
  return top === 'lib' ? (dirname(path) === 'lib' ? 'lib' : next) : top;
}
