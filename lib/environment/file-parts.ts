import { aliasRules, kinds, nearest, type Path, type Position, type Problem } from '../model';
import { applyAliases } from './alias';
import { child, type LocatedMap, type LocatedNode, removes, without } from './located';
import { readingProblem } from './reading-problem';
import type { SourceFile } from './source-file';

/** A file named by `extends`, as written, and where. */
export interface Extension {
  readonly file: string;
  readonly position: Position;
  readonly path: Path;
}

/** A file taken apart: what is for the reader, and what is for the model. All of it in canonical words. */
export interface FileParts {
  readonly file: string;
  readonly extends: readonly Extension[];
  /** An abstract file is only extended, never synthesized. @default false */
  readonly abstract: boolean;
  /** The file's own say: `defaults`, `topics` and every other section. Absent when the file could not be understood. */
  readonly body?: LocatedMap;
  /** A partial body for each kind of environment, of which only the environment's own applies. */
  readonly overrides: ReadonlyMap<string, LocatedMap>;
  readonly problems: readonly Problem[];
}

const forReader = ['extends', 'abstract', 'environmentOverrides'];

/** What cannot depend on the kind: it decides which files and which overrides count. */
const notInOverrides = ['extends', 'abstract', 'kind', 'environmentOverrides'] as const;

/** Takes a file apart and checks the keys that only the reader knows. */
export function takeApart(source: SourceFile): FileParts {
  if (source.root === undefined) {
    return { file: source.file, extends: [], abstract: false, overrides: new Map(), problems: source.problems };
  }
  const { root, problems: renaming } = applyAliases(source.root, aliasRules);
  const problems = [...source.problems, ...renaming];
  const report = (code: string, node: LocatedNode, path: Path, message: string) => {
    if (!(node.kind === 'scalar' && node.invalid)) problems.push(readingProblem(code, node.origin.position, path, message));
  };
  const parts = {
    file: source.file,
    extends: extensions(root, report),
    abstract: isAbstract(root, report),
    overrides: overridesOf(root, ['environmentOverrides'], notInOverrides, report),
  };
  checkDefaults(root, ['defaults'], report);
  for (const [kind, partial] of parts.overrides) {
    checkDefaults(partial, ['environmentOverrides', kind, 'defaults'], report);
    checkTopics(partial, ['environmentOverrides', kind, 'topics'], report, true);
  }
  checkTopics(root, ['topics'], report, false);
  return { ...parts, body: without(root, forReader), problems };
}

type Report = (code: string, node: LocatedNode, path: Path, message: string) => void;

function extensions(root: LocatedMap, report: Report): Extension[] {
  const node = child(root, 'extends');
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item, index) => {
    const path = node.kind === 'list' ? ['extends', index] : ['extends'];
    if (item.kind === 'scalar' && typeof item.value === 'string' && item.value !== '')
      return [{ file: item.value, position: item.origin.position, path }];
    report('extends', item, path, 'extends takes the path of a file, or a list of them, relative to this file');
    return [];
  });
}

function isAbstract(root: LocatedMap, report: Report): boolean {
  const node = child(root, 'abstract');
  if (node === undefined) return false;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  report('abstract', node, ['abstract'], 'abstract is true or false');
  return false;
}

/** The partial environments (or topics) by kind; a kind that does not exist is a problem. */
function overridesOf(holder: LocatedMap, path: Path, forbidden: readonly string[], report: Report): Map<string, LocatedMap> {
  const overrides = new Map<string, LocatedMap>();
  const node = child(holder, 'environmentOverrides');
  if (node === undefined || removes(node)) return overrides;
  if (node.kind !== 'map') {
    report('overrides', node, path, `environment_overrides is a map with one of ${kinds.join(', ')} as its keys`);
    return overrides;
  }
  for (const [kind, entry] of node.entries) {
    const at = [...path, kind];
    if (!kinds.some((known) => known === kind)) {
      const near = nearest(kind, kinds);
      const remedy = near === undefined ? `use one of ${kinds.join(', ')}` : `did you mean "${near}"?`;
      report(
        'unknown-kind',
        { ...entry.value, origin: { ...entry.value.origin, position: entry.key } },
        at,
        `${JSON.stringify(kind)} is no kind of environment; ${remedy}`,
      );
    } else if (entry.value.kind === 'map') {
      overrides.set(kind, withoutMisplaced(entry.value, at, forbidden, report));
    } else if (!removes(entry.value)) {
      report('overrides', entry.value, at, `what is to be different in ${kind} is a map`);
    }
  }
  return overrides;
}

function withoutMisplaced(partial: LocatedMap, path: Path, forbidden: readonly string[], report: Report): LocatedMap {
  const misplaced = forbidden.filter((key) => partial.entries.has(key));
  for (const key of misplaced) {
    const entry = partial.entries.get(key);
    if (entry === undefined) continue;
    const message = `${key} may not depend on the kind of the environment; move it out of environment_overrides`;
    report('misplaced', { ...entry.value, origin: { ...entry.value.origin, position: entry.key } }, [...path, key], message);
  }
  return without(partial, misplaced);
}

function checkDefaults(body: LocatedMap, path: Path, report: Report): void {
  const node = child(body, 'defaults');
  if (node !== undefined && node.kind !== 'map' && !removes(node))
    report('defaults', node, path, 'defaults is a map of what topics have in common');
}

function checkTopics(body: LocatedMap, path: Path, report: Report, inOverrides: boolean): void {
  const topics = child(body, 'topics');
  if (topics?.kind !== 'map') return;
  for (const [name, { value }] of topics.entries) {
    if (value.kind !== 'map') continue;
    if (inOverrides) withoutMisplaced(value, [...path, name], ['environmentOverrides'], report);
    else overridesOf(value, [...path, name, 'environmentOverrides'], ['environmentOverrides'], report);
  }
}
