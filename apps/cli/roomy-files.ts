import { setFlagsFromString } from 'node:v8';
import type { FileSystem } from '../../lib/environment';

/** From how many characters on a file is long: a thousand topics or ACLs. */
const long = 100_000;

/**
 * Files of which a long one makes room where objects are made: nearly all of what is read of it lives on, and to copy that with each
 * megabyte takes a fifth of the time. V8 takes the size of that part on its command line alone; what it heeds later is by how much it
 * grows once a megabyte has lived on. So that much does, for 4 ms, and it grows to four megabytes, and no further.
 */
export function roomyFiles(files: FileSystem): FileSystem {
  let isRoomy = false;
  return {
    ...files,
    readFile: (path) => {
      const read = files.readFile(path);
      if (!isRoomy && 'text' in read && read.text.length >= long) {
        isRoomy = true;
        makeRoom();
      }
      return read;
    },
  };
}

function makeRoom(): void {
  setFlagsFromString('--semi-space-growth-factor=4');
  const living: object[] = [];
  for (let count = 0; count < 36; count++) living.push(new Array(8_000));
  setFlagsFromString('--semi-space-growth-factor=1');
}
