/** Codes of what a disk, its rights or the shape of its directories refuse. Not ENOENT: a file that should be there is ours to bring. */
const refusals: ReadonlySet<string> = new Set([
  ...['EACCES', 'EPERM', 'EROFS'],
  ...['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO'],
  ...['ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'ENAMETOOLONG', 'ELOOP'],
]);

/** What a disk refused, in a line: no mistake of the program, nor of how it was called. Undefined for any other failure. */
export function refusedByDisk(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, path, message } = error as Partial<NodeJS.ErrnoException>;
  if (code === undefined || path === undefined || !refusals.has(code)) return undefined;
  const why = /^[A-Z]+: ([^,]+)/.exec(message ?? '')?.[1] ?? code;
  return `${path}: ${why}; see that it can be written and read there, and run again [disk/${code}]`;
}
