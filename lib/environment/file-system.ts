/** What reading one file gave: its text, or why there is none (`no such file`, `not UTF-8 text`, …). */
export type FileRead = { readonly text: string } | { readonly reason: string };

/**
 * The port through which environment files are read. Paths have `/` between their parts and are relative to one root, so that
 * positions in problems read the same on every machine.
 */
export interface FileSystem {
  readFile(path: string): FileRead;
  /** Every file below a directory, at any depth, as paths relative to the root; hidden ones are left out. `undefined` when there is no such directory. */
  list(directory: string): readonly string[] | undefined;
}

/** Files in memory, path to text, for tests and for values that are checked before they are written. */
export function memoryFileSystem(files: Readonly<Record<string, string>>): FileSystem {
  const texts = new Map(Object.entries(files));
  return {
    readFile: (path) => {
      const text = texts.get(path);
      return text === undefined ? { reason: 'no such file' } : { text };
    },
    list: (directory) => {
      const prefix = directory === '.' || directory === '' ? '' : `${directory}/`;
      const below = [...texts.keys()].filter((path) => path.startsWith(prefix));
      return below.length === 0 ? undefined : below;
    },
  };
}
