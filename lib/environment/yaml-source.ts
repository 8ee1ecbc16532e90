import { type Document, LineCounter, parseAllDocuments, type YAMLError } from 'yaml';
import type { Position, Problem } from '../model';
import type { LocatedMap } from './located';
import { readingProblem } from './reading-problem';
import { locateYaml } from './yaml-node';

/** What a YAML file says. `root` is absent when it could not be understood. */
export interface YamlSource {
  readonly root?: LocatedMap;
  readonly problems: readonly Problem[];
}

/** Parses the text of one YAML file. Whatever is wrong with it is a problem with its place; nothing is thrown. */
export function parseYaml(file: string, text: string): YamlSource {
  try {
    return parse(file, text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'values stand too deep inside each other; an environment needs fewer than 64 levels';
    return { problems: [readingProblem('syntax', { file, line: 1, column: 1 }, [], message)] };
  }
}

/** YAML 1.2, core schema: dates, `yes` and `no` are text. */
function parse(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const options = { lineCounter: lines, schema: 'core', version: '1.2', prettyErrors: false, uniqueKeys: false } as const;
  const documents = parseAllDocuments(text, options);
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [first, second] = 'empty' in documents ? [] : documents;
  if (first === undefined) return empty(file);
  const problems = syntaxProblems(documents as readonly Document[], at);
  if (second !== undefined) {
    const message = 'a second YAML document begins here; put each environment in a file of its own';
    problems.push(readingProblem('documents', at(second.range[0]), [], message));
  }
  if (problems.length > 0) return { problems };
  if (first.contents === null) return empty(file);
  const root = locateYaml(first.contents, { at, report: (problem) => problems.push(problem) });
  if (root.kind === 'map') return { root, problems };
  if (root.kind === 'scalar' && root.value === null) return empty(file);
  const message = 'an environment is a map of keys and values; begin with a line such as `name: orders`';
  return { problems: [...problems, readingProblem('not-a-map', root.origin.position, [], message)] };
}

function empty(file: string): YamlSource {
  const message = 'the file is empty; an environment says at least its name and kind, or what it extends';
  return { problems: [readingProblem('empty', { file, line: 1, column: 1 }, [], message)] };
}

/** One problem a line: the parser's further complaints about a line are consequences of its first. */
function syntaxProblems(documents: readonly Document[], at: (offset: number) => Position): Problem[] {
  const problems = new Map<number, Problem>();
  for (const error of documents.flatMap((document) => document.errors)) {
    const position = at(error.pos[0]);
    if (!problems.has(position.line)) problems.set(position.line, readingProblem('syntax', position, [], syntaxMessage(error)));
  }
  return [...problems.values()];
}

function syntaxMessage(error: YAMLError): string {
  if (error.code === 'TAB_AS_INDENT') return 'a tab indents this line; YAML wants spaces';
  const text = error.message.replace(/\.$/, '');
  return `no valid YAML: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
