import { posix } from 'node:path';
import { type Environment, nearest, type Problem, parseEnvironment } from '../model';
import { type Discovery, discoverEnvironments, fileOf, idOf } from './discover';
import { resolveExtends } from './extends';
import { type FileParts, takeApart } from './file-parts';
import type { FileSystem } from './file-system';
import { idleRemovals } from './idle-removals';
import { collapseProblems, locateProblems } from './locate';
import { formatPosition, type LocatedMap, plainValue } from './located';
import { type Provenance, provenanceOf } from './provenance';
import { isFatal, readingProblem } from './reading-problem';
import { sortProblems } from './render-problems';
import { withSchemaTexts } from './schema-texts';
import { readSource } from './source-file';
import { type BodyLayer, mergeLayers } from './topic-layers';

/** Turns a merged value into an environment, or says why not. Positions are added afterwards, by path. */
export type Parse<E> = (value: unknown) => { readonly environment?: E; readonly problems: readonly Problem[] };

/** What came of one environment. */
export interface LoadedEnvironment<E = Environment> {
  /** `tda/production` */
  readonly id: string;
  readonly file: string;
  /** An abstract file is only extended: it need not be complete, and it is not given to `parse`. */
  readonly abstract: boolean;
  /** Present when no problem is an error. */
  readonly environment?: E;
  /** What the files say, merged, before schema defaults; absent when a file could not be understood. */
  readonly value?: unknown;
  readonly provenance?: Provenance;
  /** By file, line and column. */
  readonly problems: readonly Problem[];
  /** All files that have a say, the lowest layer first. */
  readonly files: readonly string[];
}

export interface LoaderOptions<E> {
  /** Where the environments are. @default 'environments' */
  readonly directory?: string;
  /** @default parseEnvironment */
  readonly parse?: Parse<E>;
}

/** Reads environments; a file that several of them extend is read once. */
export interface EnvironmentLoader<E = Environment> {
  discover(): Discovery;
  /** Whether there is a file of this id that is not abstract; reads that file alone. */
  isWhole(id: string): boolean;
  /** By id (`tda/production`) or file (`environments/tda/production.yaml`). Never throws for what a user wrote. */
  load(idOrFile: string): LoadedEnvironment<E>;
}

/** A loader for the environments of the model, or for whatever else `parse` makes of them. */
export function environmentLoader(fs: FileSystem, options?: LoaderOptions<Environment>): EnvironmentLoader;
export function environmentLoader<E>(fs: FileSystem, options: LoaderOptions<E> & { readonly parse: Parse<E> }): EnvironmentLoader<E>;
export function environmentLoader(
  fs: FileSystem,
  { directory = 'environments', parse = parseEnvironment }: LoaderOptions<unknown> = {},
): EnvironmentLoader<unknown> {
  const known = new Map<string, FileParts>();
  const partsOf = (file: string): FileParts => {
    const parts = known.get(file) ?? takeApart(readSource(fs, file));
    known.set(file, parts);
    return parts;
  };
  const discover = () => discoverEnvironments(fs, directory, partsOf);
  return {
    discover,
    isWhole: (id) => {
      const file = posix.normalize(fileOf(id, directory));
      return id === idOf(file, directory) && 'text' in fs.readFile(file) && !partsOf(file).abstract;
    },
    load: (idOrFile) => {
      const file = posix.normalize(fileOf(idOrFile, directory));
      const id = idOf(file, directory);
      const read = fs.readFile(file);
      if ('text' in read) return load(fs, { id, file }, partsOf, parse);
      const near = nearest(
        id,
        discover().environments.map((environment) => environment.id),
      );
      const remedy = near === undefined ? '' : `; did you mean "${near}"?`;
      const message = `there is no environment ${JSON.stringify(id)}: cannot read ${file}: ${read.reason}${remedy}`;
      return { id, file, abstract: false, files: [], problems: [readingProblem('unknown', { file, line: 1, column: 1 }, [], message)] };
    },
  };
}

function load<E>(
  fs: FileSystem,
  { id, file }: { id: string; file: string },
  partsOf: (file: string) => FileParts,
  parse: Parse<E>,
): LoadedEnvironment<E> {
  const { files, problems } = resolveExtends(fs, file, partsOf);
  const known = { id, file, abstract: partsOf(file).abstract, files: files.map((parts) => parts.file) };
  const bodies = files.flatMap(({ body }) => body ?? []);
  const { layers, kind } = layersOf(files, bodies);
  const merging = mergeLayers(layers, kind);
  const { tree, problems: unread } = merging === undefined ? { tree: merging, problems: [] } : withSchemaTexts(fs, merging);
  const found = [...problems, ...idleRemovals(layers), ...unread];
  if (tree === undefined || found.some(isFatal)) return { ...known, problems: tidy(found) };
  const merged = { ...known, value: plainValue(tree), provenance: provenanceOf(tree) };
  if (known.abstract) return { ...merged, problems: tidy(found) };
  const parsed = parse(merged.value);
  // A value that could not be read is missing from the merged one: that it is missing is no second mistake.
  const places = new Set([...problems, ...unread].flatMap(({ position }) => (position === undefined ? [] : formatPosition(position))));
  const located = locateProblems(parsed.problems, merged.provenance);
  const all = tidy([...found, ...located.filter(({ position }) => position === undefined || !places.has(formatPosition(position)))]);
  const wrong = parsed.environment === undefined || all.some(({ severity }) => severity === 'error');
  return { ...merged, ...(wrong ? {} : { environment: parsed.environment as E }), problems: all };
}

/** Bodies and, after each, its overrides for the kind that the environment has once merged. */
function layersOf(files: readonly FileParts[], bodies: readonly LocatedMap[]): { layers: BodyLayer[]; kind: string | undefined } {
  const kinds = bodies.flatMap((body) => {
    const kind = body.entries.get('kind')?.value;
    return kind?.kind === 'scalar' && kind.invalid === undefined ? [kind.value] : [];
  });
  const last = kinds.at(-1);
  const kind = typeof last === 'string' ? last : undefined;
  const layers = files.flatMap(({ body, overrides }) => {
    if (body === undefined) return [];
    const partial = kind === undefined ? undefined : overrides.get(kind);
    return [{ body, override: false }, ...(partial === undefined ? [] : [{ body: partial, override: true }])];
  });
  return { layers, kind };
}

function tidy(problems: readonly Problem[]): Problem[] {
  return sortProblems(collapseProblems(problems));
}
