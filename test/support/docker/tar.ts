const block = 512;

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

/** A tar archive of one file that belongs to root, as the Docker provider sends it: without its directories. */
export function tarOf(path: string, content: string, mode = 0o644): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(block);
  header.write(path.replace(/^\//, ''), 0, 100);
  header.write(octal(mode, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(data.length, 12), 124);
  header.write(octal(0, 12), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((block - (data.length % block)) % block);
  return Buffer.concat([header, data, padding, Buffer.alloc(2 * block)]);
}
