/**
 * Parts what the engine sends for a container without a terminal: frames of a header (stream, three zeros, length) and a payload.
 * Returns a function that takes the chunks as they come and calls `line` with every whole line; called without one, it ends.
 */
export function frameReader(line: (text: string) => void): (chunk?: Uint8Array) => void {
  let pending: Buffer = Buffer.alloc(0);
  // Each stream has lines of its own.
  const rest: [string, string, string] = ['', '', ''];
  return (chunk) => {
    if (chunk === undefined) {
      for (const text of rest) if (text !== '') line(text);
      return;
    }
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 8) {
      const length = pending.readUInt32BE(4);
      if (pending.length < 8 + length) return;
      const stream = Math.min(pending[0] ?? 0, 2);
      const lines = ((rest[stream] ?? '') + pending.subarray(8, 8 + length).toString('utf8')).split('\n');
      rest[stream] = lines.pop() ?? '';
      for (const text of lines) line(text.replace(/\r$/, ''));
      pending = pending.subarray(8 + length);
    }
  };
}
