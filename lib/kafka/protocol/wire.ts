/** One request of Kafka's protocol in one version, and its answer. The fields of a version never change, so neither does this. */
export interface Protocol<Body, Answer> {
  readonly name: string;
  readonly apiKey: number;
  readonly version: number;
  /** Whether this version writes lengths compactly and ends structures with tagged fields (KIP-482). */
  readonly flexible: boolean;
  readonly write: (writer: Writer, body: Body) => void;
  readonly read: (reader: Reader) => Answer;
}

/** Writes Kafka's primitive types, in the flexible or the older encoding. */
export class Writer {
  #buffer = Buffer.allocUnsafe(1024);
  #length = 0;

  constructor(readonly flexible: boolean) {}

  #room(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    return at;
  }

  int8(value: number): this {
    const at = this.#room(1);
    this.#buffer.writeInt8(value, at);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  int16(value: number): this {
    const at = this.#room(2);
    this.#buffer.writeInt16BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.#room(4);
    this.#buffer.writeInt32BE(value, at);
    return this;
  }

  int64(value: bigint): this {
    const at = this.#room(8);
    this.#buffer.writeBigInt64BE(value, at);
    return this;
  }

  float64(value: number): this {
    const at = this.#room(8);
    this.#buffer.writeDoubleBE(value, at);
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.#count(undefined, 'int16');
    const bytes = Buffer.byteLength(value);
    this.#count(bytes, 'int16');
    const at = this.#room(bytes);
    this.#buffer.write(value, at, 'utf8');
    return this;
  }

  bytes(value: Uint8Array): this {
    return this.#count(value.length, 'int32').raw(value);
  }

  /** Null, where the protocol lets an array be that, mostly means all. */
  array<T>(items: readonly T[] | null, each: (item: T) => void): this {
    this.#count(items?.length, 'int32');
    items?.forEach(each);
    return this;
  }

  strings(items: readonly string[] | null): this {
    return this.array(items, (item) => this.string(item));
  }

  /** What another has written. */
  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
    return this;
  }

  /** Ends a structure; no tagged field is ever sent. */
  end(): this {
    return this.flexible ? this.int8(0) : this;
  }

  #count(length: number | undefined, wide: 'int16' | 'int32'): this {
    return this.flexible ? this.#unsigned(length === undefined ? 0 : length + 1) : this[wide](length ?? -1);
  }

  #unsigned(value: number): this {
    let rest = value;
    while (rest > 0x7f) {
      this.#byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.#byte(rest);
  }

  #byte(value: number): this {
    const at = this.#room(1);
    this.#buffer.writeUInt8(value, at);
    return this;
  }

  get written(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

/**
 * Reads what `Writer` writes. An answer of thousands of items is read while nothing of this is compiled yet, so every call counts: bytes
 * are taken one by one where there are few of them.
 */
export class Reader {
  #at = 0;

  constructor(
    private readonly buffer: Buffer,
    readonly flexible: boolean,
  ) {}

  #take(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    return at;
  }

  int8(): number {
    return (this.#byte() << 24) >> 24;
  }

  boolean(): boolean {
    return this.#byte() !== 0;
  }

  int16(): number {
    const high = this.#byte();
    return ((high << 24) >> 16) | this.#byte();
  }

  int32(): number {
    return this.buffer.readInt32BE(this.#take(4));
  }

  int64(): bigint {
    return this.buffer.readBigInt64BE(this.#take(8));
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.#take(8));
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  nullableString(): string | null {
    const length = this.#count('int16');
    return length < 0 ? null : this.buffer.toString('utf8', this.#take(length), this.#at);
  }

  skipString(): void {
    const length = this.#count('int16');
    if (length > 0) this.#at += length;
  }

  skipStrings(count: number): void {
    for (let left = count; left > 0; left--) this.skipString();
  }

  bytes(): Buffer {
    const length = this.#count('int32');
    return length <= 0 ? Buffer.alloc(0) : this.buffer.subarray(this.#take(length), this.#at);
  }

  array<T>(each: () => T): T[] {
    const items: T[] = [];
    for (let left = this.#count('int32'); left > 0; left--) items.push(each());
    return items;
  }

  int32s(): number[] {
    const numbers: number[] = [];
    for (let left = this.#count('int32'); left > 0; left--) numbers.push(this.int32());
    return numbers;
  }

  /** Reads the end of a structure and gives the structure back; tagged fields that came along are skipped. */
  end<T>(structure: T): T {
    if (!this.flexible) return structure;
    for (let left = this.#unsigned(); left > 0; left--) {
      this.#unsigned();
      this.skip(this.#unsigned());
    }
    return structure;
  }

  #count(wide: 'int16' | 'int32'): number {
    return this.flexible ? this.#unsigned() - 1 : this[wide]();
  }

  #unsigned(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; ; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  #byte(): number {
    const byte = this.buffer[this.#at++];
    if (byte === undefined) throw new RangeError('the answer ends too early: what is to be read is out of range');
    return byte;
  }
}
