/** Castagnoli's polynomial, its bits reversed. */
const polynomial = 0x82f63b78;

let table: Int32Array | undefined;

/** Made when it is first asked for: who only reads needs none. */
function remainders(): Int32Array {
  table ??= Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest;
  });
  return table;
}

/** The checksum that Kafka keeps of a batch of records: CRC-32C. Runs once for each byte, mostly before it is worth compiling. */
export function crc32c(bytes: Uint8Array): number {
  const rests = remainders();
  let crc = -1;
  for (let at = 0; at < bytes.length; at++) crc = (rests[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}
