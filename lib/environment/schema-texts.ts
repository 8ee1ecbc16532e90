import { posix } from 'node:path';
import type { Problem } from '../model';
import type { FileSystem } from './file-system';
import { child, type LocatedEntry, type LocatedMap, type LocatedNode, type LocatedScalar, removes } from './located';
import { readingProblem } from './reading-problem';

/**
 * Puts the text of every schema that stands in a file of its own beside the file's name. The path begins where it is written: beside
 * the environment file, also where another one extends that.
 */
export function withSchemaTexts(fs: FileSystem, tree: LocatedMap): { readonly tree: LocatedMap; readonly problems: readonly Problem[] } {
  const schemas = tree.entries.get('schemas');
  if (schemas?.value.kind !== 'map') return { tree, problems: [] };
  const problems: Problem[] = [];
  const entries = [...schemas.value.entries].map(([name, entry]): readonly [string, LocatedEntry] => {
    const file = child(entry.value, 'file');
    if (entry.value.kind !== 'map' || !isText(file)) return [name, entry];
    const path = ['schemas', name, 'file'];
    const text = child(entry.value, 'text');
    if (text !== undefined && !removes(text)) {
      problems.push(readingProblem('schema-twice', file.origin.position, path, 'file and text are both given; remove one of them'));
      return [name, entry];
    }
    const place = posix.join(posix.dirname(file.origin.position.file), file.value);
    const read = fs.readFile(file.value.startsWith('/') ? file.value : place);
    if (!('text' in read)) {
      const message = `the schema file ${place} cannot be read: ${read.reason}; correct the path, which begins at the file that names it`;
      problems.push(readingProblem('schema-file', file.origin.position, path, message));
      return [name, entry];
    }
    const content: LocatedScalar = { kind: 'scalar', value: read.text, origin: file.origin };
    const value: LocatedNode = {
      ...entry.value,
      entries: new Map([...entry.value.entries, ['text', { key: entry.key, value: content }]]),
    };
    return [name, { ...entry, value }];
  });
  const value: LocatedMap = { ...schemas.value, entries: new Map(entries) };
  return { tree: { ...tree, entries: new Map([...tree.entries, ['schemas', { ...schemas, value }]]) }, problems };
}

function isText(node: LocatedNode | undefined): node is LocatedScalar & { readonly value: string } {
  return node?.kind === 'scalar' && node.invalid === undefined && typeof node.value === 'string' && node.value !== '';
}
