import type { Position, Problem } from '../model';
import type { FileSystem } from './file-system';
import type { LocatedMap } from './located';
import { readingProblem } from './reading-problem';
import { readYamlEvents } from './yaml-events';

/** One file as it was written. `root` is absent when the file could not be understood. */
export interface SourceFile {
  readonly file: string;
  readonly root?: LocatedMap;
  readonly problems: readonly Problem[];
}

/** Reads and parses one file. Whatever is wrong with it is a problem with its place; nothing is thrown. */
export function readSource(fs: FileSystem, file: string): SourceFile {
  const read = fs.readFile(file);
  const start: Position = { file, line: 1, column: 1 };
  if ('reason' in read) return { file, problems: [readingProblem('unreadable', start, [], `cannot read ${file}: ${read.reason}`)] };
  return parseSource(file, read.text);
}

/** Parses the text of one YAML file (YAML 1.2, core schema: dates, `yes` and `no` are text). Nothing is thrown. */
export function parseSource(file: string, text: string): SourceFile {
  const root = readYamlEvents(file, text);
  if (root !== undefined) return { file, root, problems: [] };
  // Few files need it, and it takes longer to load than they take to read.
  const { parseYaml }: typeof import('./yaml-source') = require('./yaml-source');
  return { file, ...parseYaml(file, text) };
}
