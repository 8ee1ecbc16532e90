import { Document, isMap as isMapNode, isScalar as isScalarNode, isSeq } from 'yaml';
import type { LoadedEnvironment, Provenance } from '../../lib/environment';
import { environmentSpec, formatPath, type Path } from '../../lib/model';
import { at, isMap, sectionPath } from './section';

/** An environment ready to be printed. */
export interface ShownEnvironment {
  /** YAML whose comments say where each value comes from. */
  text(): string;
  json(): { readonly id: string; readonly value: unknown; readonly sources: Readonly<Record<string, string>> };
}

/** What there is instead of the section that was asked for. */
export interface NoSuchSection {
  /** At the top of the environment. */
  readonly sections: readonly string[];
}

/**
 * The values of an environment after merging and with defaults. An environment with errors in what follows from its values is shown
 * all the same; undefined when its values themselves are not understood.
 */
export function shownEnvironment(loaded: LoadedEnvironment, section: string | undefined): ShownEnvironment | NoSuchSection | undefined {
  const { provenance, value: merged } = loaded;
  if (provenance === undefined) return undefined;
  const parsed = environmentSpec.safeParse(merged);
  if (!parsed.success && !loaded.abstract) return undefined;
  const whole = asWritten(parsed.success ? parsed.data : merged, merged);
  const path = sectionPath(section, whole);
  if (path === undefined) return { sections: Object.keys(isMap(whole) ? whole : {}).sort() };
  const value = at(whole, path);
  const sourceOf = (below: Path) => describe(provenance, [...path, ...below]);
  return {
    text: () => text(value, sourceOf),
    json: () => ({
      id: loaded.id,
      value,
      sources: Object.fromEntries(leaves(value, []).map((leaf) => [formatPath([...path, ...leaf]), sourceOf(leaf)])),
    }),
  };
}

/** `data` with the values that the files give kept as they were written: `8Gi`, not its bytes. */
function asWritten(data: unknown, written: unknown): unknown {
  if (Array.isArray(data) && Array.isArray(written)) return data.map((item, index) => asWritten(item, written[index]));
  if (isMap(data) && isMap(written))
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, asWritten(value, written[key])]));
  return isMap(data) || Array.isArray(data) || written === undefined || written === null ? data : written;
}

function describe(provenance: Provenance, path: Path): string {
  const source = provenance.sourceOf(path);
  if (source.position === undefined) return 'default';
  const { file, line } = source.position;
  return `${file}:${line}${source.layer === 'file' ? '' : ` (${source.layer.replace('_', ' ')})`}`;
}

function text(value: unknown, sourceOf: (path: Path) => string): string {
  const document = new Document(withoutEmpty(value));
  annotate(document.contents, [], sourceOf);
  return document.toString({ lineWidth: 0 });
}

/** What is empty says nothing; a person need not read past it. */
function withoutEmpty(value: unknown): unknown {
  if (!isMap(value)) return value;
  const kept = Object.entries(value).map(([key, item]) => [key, withoutEmpty(item)] as const);
  return Object.fromEntries(kept.filter(([, item]) => !(typeof item === 'object' && item !== null && Object.keys(item).length === 0)));
}

function annotate(node: unknown, path: Path, sourceOf: (path: Path) => string): void {
  if (isScalarNode(node)) node.comment = ` ${sourceOf(path)}`;
  else if (isSeq(node)) for (const [index, item] of node.items.entries()) annotate(item, [...path, index], sourceOf);
  else if (isMapNode(node)) for (const pair of node.items) annotate(pair.value, [...path, String(pair.key)], sourceOf);
}

function leaves(value: unknown, path: Path): Path[] {
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : isMap(value)
      ? Object.entries(value)
      : [];
  return entries.length === 0 ? [path] : entries.flatMap(([key, item]) => leaves(item, [...path, key]));
}
