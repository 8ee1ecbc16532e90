/** Cuts a stream into Kafka's frames: four bytes of length, then as many. Each is given with its length. */
export class Frames {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly give: (frame: Buffer) => void) {}

  take(data: Buffer): void {
    this.rest = this.rest.length === 0 ? data : Buffer.concat([this.rest, data]);
    while (this.rest.length >= 4) {
      const end = 4 + this.rest.readInt32BE(0);
      if (this.rest.length < end) return;
      const frame = this.rest.subarray(0, end);
      this.rest = this.rest.subarray(end);
      this.give(frame);
    }
  }
}
