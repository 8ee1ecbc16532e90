import { posix } from 'node:path';
import { nearest, type Problem } from '../model';
import type { FileParts } from './file-parts';
import type { FileSystem } from './file-system';
import { readingProblem } from './reading-problem';

/** A file and all that it extends, the lowest layer first; each file once, at its first place. */
export interface Chain {
  readonly files: readonly FileParts[];
  readonly problems: readonly Problem[];
}

/**
 * Follows `extends`. A file that several others extend (a diamond) lies below all of them and is laid down only once: laid down
 * again it would undo what the first of them says.
 */
export function resolveExtends(fs: FileSystem, file: string, partsOf: (file: string) => FileParts): Chain {
  const files = new Map<string, FileParts>();
  const problems: Problem[] = [];
  const visit = (current: string, above: readonly string[]): void => {
    if (files.has(current)) return;
    const parts = partsOf(current);
    for (const { file: written, position, path } of parts.extends) {
      const target = posix.normalize(posix.join(posix.dirname(current), written));
      const trail = [...above, current];
      const refuse = (code: string, message: string) => problems.push(readingProblem(code, position, path, message));
      if (posix.isAbsolute(written) || written.includes('\\')) {
        refuse('missing-file', `${JSON.stringify(written)} is no relative path with / between its parts`);
      } else if (trail.includes(target)) {
        refuse('cycle', `a file cannot extend itself: ${[...trail.slice(trail.indexOf(target)), target].join(' -> ')}; take one out`);
      } else {
        const missing = missingReason(fs, target, trail);
        if (missing === undefined) visit(target, trail);
        else refuse('missing-file', missing);
      }
    }
    if (files.has(current)) return;
    files.set(current, parts);
    problems.push(...parts.problems);
  };
  visit(file, []);
  return { files: [...files.values()], problems };
}

function missingReason(fs: FileSystem, file: string, trail: readonly string[]): string | undefined {
  const read = fs.readFile(file);
  if ('text' in read) return undefined;
  const beside = (fs.list(posix.dirname(file)) ?? []).filter(
    (path) => posix.dirname(path) === posix.dirname(file) && !trail.includes(path),
  );
  const near = nearest(
    posix.basename(file),
    beside.map((path) => posix.basename(path)),
  );
  return `cannot read ${file}: ${read.reason}${near === undefined ? '' : `; did you mean "${near}"?`}`;
}
