import { createHash } from 'node:crypto';
import type { FileRead, FileSystem } from './file-system';

/** What was asked of a file system, with a digest of each answer. Plain data. */
export interface FileReads {
  readonly files: Readonly<Record<string, string>>;
  readonly directories: Readonly<Record<string, string>>;
}

/** The same files, and a note of everything that is asked of them from here on. */
export function withReads(fs: FileSystem): { readonly fs: FileSystem; readonly reads: () => FileReads } {
  const files: Record<string, string> = {};
  const directories: Record<string, string> = {};
  return {
    fs: {
      readFile: (path) => {
        const read = fs.readFile(path);
        files[path] = digestOfFile(read);
        return read;
      },
      list: (directory) => {
        const list = fs.list(directory);
        directories[directory] = digestOfList(list);
        return list;
      },
    },
    reads: () => ({ files, directories }),
  };
}

/** Whether everything would be answered as it was: what was made of the answers, and of nothing else, still holds. */
export function stillHold({ files, directories }: FileReads, fs: FileSystem): boolean {
  return (
    Object.entries(files).every(([path, digest]) => digestOfFile(fs.readFile(path)) === digest) &&
    Object.entries(directories).every(([directory, digest]) => digestOfList(fs.list(directory)) === digest)
  );
}

function digestOfFile(read: FileRead): string {
  return 'text' in read ? digest(`text ${read.text}`) : digest(`reason ${read.reason}`);
}

function digestOfList(list: readonly string[] | undefined): string {
  return digest(list === undefined ? 'none' : JSON.stringify(list));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
