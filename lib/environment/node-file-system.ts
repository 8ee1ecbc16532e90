import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileRead, FileSystem } from './file-system';

/** Files below a directory of this machine. @default root - the working directory */
export function nodeFileSystem(root = '.'): FileSystem {
  return {
    readFile: (path) => read(resolve(root, path)),
    list: (directory) => list(root, directory),
  };
}

function read(path: string): FileRead {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function list(root: string, directory: string): string[] | undefined {
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(resolve(root, directory));
  } catch {
    return undefined;
  }
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = directory === '.' || directory === '' ? entry.name : `${directory}/${entry.name}`;
    return entry.isDirectory() ? (list(root, path) ?? []) : [path];
  });
}

function entriesOf(directory: string) {
  return readdirSync(directory, { withFileTypes: true });
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text';
  return typeof code === 'string' ? code : 'it cannot be read';
}
