import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Reader, Writer } from '../../lib/kafka/protocol/wire';

const value = fc.record({
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  float64: fc.double({ noNaN: true }),
  boolean: fc.boolean(),
  string: fc.string({ unit: 'grapheme' }),
  nullable: fc.option(fc.string({ maxLength: 300 })),
  bytes: fc.uint8Array({ maxLength: 3000 }),
  strings: fc.array(fc.string(), { maxLength: 200 }),
});

describe.each([true, false])('the wire format, flexible: %s', (flexible) => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(value, (wanted) => {
        const writer = new Writer(flexible);
        writer.int8(wanted.int8).int16(wanted.int16).int32(wanted.int32).int64(wanted.int64).float64(wanted.float64);
        writer.boolean(wanted.boolean).string(wanted.string).string(wanted.nullable).bytes(wanted.bytes);
        writer.array(wanted.strings, (each) => writer.string(each).end()).end();
        const reader = new Reader(Buffer.from(writer.written), flexible);
        expect({
          int8: reader.int8(),
          int16: reader.int16(),
          int32: reader.int32(),
          int64: reader.int64(),
          float64: reader.float64(),
          boolean: reader.boolean(),
          string: reader.string(),
          nullable: reader.nullableString(),
          bytes: new Uint8Array(reader.bytes()),
          strings: reader.end(reader.array(() => reader.end(reader.string()))),
        }).toEqual(wanted);
        // All of it was read, and no more.
        expect(() => reader.int8()).toThrow(/out of range/);
      }),
    );
  });

  it('tells no array from an empty one', () => {
    const writer = new Writer(flexible).array(null, () => undefined).array([], () => undefined);
    expect([...writer.written]).toEqual(flexible ? [0, 1] : [255, 255, 255, 255, 0, 0, 0, 0]);
  });
});

describe('a flexible structure', () => {
  it('may end with tagged fields that nobody here knows', () => {
    // Two fields: number 0 with 2 bytes, number 200 with none.
    const reader = new Reader(Buffer.from([7, 2, 0, 2, 9, 9, 0xc8, 0x01, 0, 8]), true);
    expect(reader.end(reader.int8())).toBe(7);
    expect(reader.int8()).toBe(8);
  });
});
