import type { Problem } from '../model';
import type { FileParts } from './file-parts';
import type { FileSystem } from './file-system';
import { readingProblem } from './reading-problem';

/** An environment file below the directory of environments. */
export interface EnvironmentFile {
  /** The path without directory and extension: `tda/production`. */
  readonly id: string;
  readonly file: string;
  /** An abstract file is only extended. */
  readonly abstract: boolean;
}

export interface Discovery {
  /** By id. */
  readonly environments: readonly EnvironmentFile[];
  readonly problems: readonly Problem[];
}

const extension = '.yaml';

/** All environment files below a directory. */
export function discoverEnvironments(fs: FileSystem, directory: string, partsOf: (file: string) => FileParts): Discovery {
  const files = fs.list(directory);
  const start = (file: string) => ({ file, line: 1, column: 1 });
  if (files === undefined) {
    const message = `there is no directory ${directory}; run where it is, or make an environment with "kafkon init"`;
    return { environments: [], problems: [readingProblem('unknown', start(directory), [], message)] };
  }
  const environments = files
    .filter((file) => file.endsWith(extension))
    .map((file) => ({ id: idOf(file, directory), file, abstract: partsOf(file).abstract }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const problems = files
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file): Problem => {
      const message = `environment files end in ${extension}; this one is not read: rename it`;
      return { code: 'environment/extension', severity: 'warning', path: [], message, position: start(file) };
    });
  return { environments, problems };
}

/** `environments/tda/production.yaml` is `tda/production`. */
export function idOf(file: string, directory: string): string {
  const inside = file.startsWith(`${directory}/`) ? file.slice(directory.length + 1) : file;
  return inside.endsWith(extension) ? inside.slice(0, -extension.length) : inside;
}

/** The file of an environment that is named by its id or by its file. */
export function fileOf(idOrFile: string, directory: string): string {
  return /\.ya?ml$/.test(idOrFile) ? idOrFile : `${directory}/${idOrFile}${extension}`;
}
