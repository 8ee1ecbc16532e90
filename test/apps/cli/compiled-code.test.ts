import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCompiledCode, writeCompiledCode } from '../../../apps/cli/compiled-code';

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const compiled = fc.record({ modules: fc.array(fc.nat()), code: bytes });

describe('compiled code in a file', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(compiled, (it) => expect(readCompiledCode(writeCompiledCode(it))).toEqual(it)));
  });

  it('is not read when a byte of the code is another one', () => {
    fc.assert(
      fc.property(compiled, fc.nat(), fc.integer({ min: 1, max: 255 }), (it, at, change) => {
        fc.pre(it.code.length > 0);
        const file = writeCompiledCode(it);
        const index = at % it.code.length;
        file[index] = (file[index] ?? 0) ^ change;
        expect(readCompiledCode(file)).toBe(undefined);
      }),
    );
  });

  it('is not read when the end is missing, or when it is something else', () => {
    fc.assert(
      fc.property(compiled, fc.nat(), (it, length) => {
        const file = writeCompiledCode(it);
        expect(readCompiledCode(file.subarray(0, length % file.length))).toBe(undefined);
      }),
    );
    fc.assert(fc.property(bytes, (file) => expect(readCompiledCode(file)).toBe(undefined)));
  });
});
