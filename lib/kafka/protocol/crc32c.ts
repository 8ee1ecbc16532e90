/** Castagnoli's polynomial, its bits reversed. */
const polynomial = 0x82f63b78;

let table: Uint32Array | undefined;

/** Made when it is first asked for: who only reads needs none. */
function remainders(): Uint32Array {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? (rest >>> 1) ^ polynomial : rest >>> 1;
    return rest >>> 0;
  });
  return table;
}

/** The checksum that Kafka keeps of a batch of records: CRC-32C. */
export function crc32c(bytes: Uint8Array): number {
  const rests = remainders();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (rests[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
