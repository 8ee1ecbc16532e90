import { createHash } from 'node:crypto';

/** What V8 compiled of a program, and which of its modules had been loaded by then. */
export interface CompiledCode {
  readonly modules: readonly number[];
  readonly code: Buffer;
}

interface Trailer {
  readonly modules: readonly number[];
  readonly digest: string;
}

const lengthBytes = 4;

/** The code stands first: V8 copies what is not aligned. */
export function writeCompiledCode({ modules, code }: CompiledCode): Buffer {
  const trailer = Buffer.from(JSON.stringify({ modules, digest: digestOf(code) } satisfies Trailer));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(trailer.length);
  return Buffer.concat([code, trailer, length]);
}

/** Undefined for anything but what was written, to the last byte: V8 runs what it is given. */
export function readCompiledCode(file: Buffer): CompiledCode | undefined {
  try {
    const end = file.length - lengthBytes;
    const start = end - file.readUInt32LE(end);
    const { modules, digest } = JSON.parse(file.toString('utf8', start, end)) as Trailer;
    const code = file.subarray(0, start);
    return digestOf(code) === digest ? { modules, code } : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(code: Buffer): string {
  return createHash('sha256').update(code).digest('hex');
}
