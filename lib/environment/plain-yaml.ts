import type { Position } from '../model';
import type { LocatedEntry, LocatedMap, LocatedNode, LocatedScalar } from './located';
import { plainScalar } from './plain-scalar';

/**
 * Reads the plain part of YAML that environments are written in, with places, in one pass: block maps and lists, flow maps and lists on
 * one line, values on one line, comments. What is beyond that, wrong, or in any doubt gives `undefined`: then the YAML parser proper has
 * the say, and words for what is wrong.
 */
export function readPlainYaml(file: string, text: string): LocatedMap | undefined {
  if (unusual.test(text)) return undefined;
  try {
    return new PlainYaml(file, text).document();
  } catch (caught) {
    if (caught === doubt) return undefined;
    throw caught;
  }
}

/** Tabs, carriage returns, other control characters and byte order marks: each has rules of its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unusual = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** Thrown where this reader is not sure; never seen outside of this file. */
const doubt = Symbol('not plain');

/** Deeper than any environment; the parser proper tells where there are too many levels. */
const deepest = 24;
/** YAML allows 1,024 characters before the colon. */
const longestKey = 1_000;

const [newline, space, quote, hash, apostrophe, comma, dash, colon] = [10, 32, 34, 35, 39, 44, 45, 58];
const [openList, backslash, closeList, openMap, closeMap] = [91, 92, 93, 123, 125];

/** What the parser proper would look at twice: indicators, and characters that begin something else than a plain value. */
const beginsPlain = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+~$^()=;<\\')
  beginsPlain[character.charCodeAt(0)] = 1;

class PlainYaml {
  #at = 0;
  /** Where the current line begins, and its number from 1. */
  #lineStart = 0;
  #line = 1;
  #depth = 0;

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  document(): LocatedMap {
    if (this.#nextContent() !== 0) throw doubt;
    const root = this.#blockMap(0, undefined);
    if (this.#at < this.text.length) throw doubt;
    return root;
  }

  /** Skips blank lines and comments to the first character of a line with content; gives its column from 0, -1 at the end. */
  #nextContent(): number {
    const { text } = this;
    for (;;) {
      let at = this.#at;
      while (text.charCodeAt(at) === space) at++;
      const code = text.charCodeAt(at);
      if (code === hash) at = this.#lineEnd(at);
      if (at >= text.length) {
        this.#at = text.length;
        return -1;
      }
      if (text.charCodeAt(at) !== newline) {
        this.#at = at;
        return at - this.#lineStart;
      }
      this.#at = at + 1;
      this.#lineStart = this.#at;
      this.#line++;
    }
  }

  #lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end;
  }

  /** Ends a line behind a value: only blanks and a comment may follow. Gives the column of the next content. */
  #endOfLine(): number {
    const { text } = this;
    const before = this.#at;
    let at = before;
    while (text.charCodeAt(at) === space) at++;
    const code = text.charCodeAt(at);
    if (code === hash && at > before) at = this.#lineEnd(at);
    else if (code !== newline && at < text.length) throw doubt;
    this.#at = at;
    return this.#nextContent();
  }

  #position(): Position {
    return { file: this.file, line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** A map whose keys all stand in one column. `first` is a key that was read already. */
  #blockMap(column: number, first: Key | undefined): LocatedMap {
    if (++this.#depth > deepest) throw doubt;
    const entries = new Map<string, LocatedEntry>();
    const position = first?.position ?? this.#position();
    let key = first;
    for (;;) {
      key ??= this.#blockKey();
      if (entries.has(key.name)) throw doubt;
      const value = this.#blockValue(column);
      entries.set(key.name, { key: key.position, value: value.node });
      if (value.next < column) break;
      if (value.next > column) throw doubt;
      key = undefined;
    }
    this.#depth--;
    return { kind: 'map', entries, origin: { position, layer: 'file' } };
  }

  #blockKey(): Key {
    const position = this.#position();
    const name = this.#key();
    if (!this.#takesColon()) throw doubt;
    return { name, position };
  }

  /** The value behind the colon of a key in `column`, on its line or below. */
  #blockValue(column: number): { readonly node: LocatedNode; readonly next: number } {
    while (this.text.charCodeAt(this.#at) === space) this.#at++;
    const code = this.text.charCodeAt(this.#at);
    if (this.#at < this.text.length && code !== newline && code !== hash) {
      const node = this.#inline(false);
      const next = this.#endOfLine();
      // A line that stands deeper goes on with the value.
      if (next > column) throw doubt;
      return { node, next };
    }
    if (code === hash) this.#at = this.#lineEnd(this.#at);
    const below = this.#endOfLine();
    if (below === column && this.#isItem()) return this.#blockList(column);
    if (below <= column) throw doubt;
    return this.#isItem() ? this.#blockList(below) : this.#nestedMap(below);
  }

  #nestedMap(column: number): { readonly node: LocatedNode; readonly next: number } {
    const node = this.#blockMap(column, undefined);
    return { node, next: this.#column() };
  }

  /** Where the content stands at which a block has ended. */
  #column(): number {
    return this.#at >= this.text.length ? -1 : this.#at - this.#lineStart;
  }

  #isItem(): boolean {
    return this.text.charCodeAt(this.#at) === dash && this.text.charCodeAt(this.#at + 1) === space;
  }

  #blockList(column: number): { readonly node: LocatedNode; readonly next: number } {
    if (++this.#depth > deepest) throw doubt;
    const position = this.#position();
    const items: LocatedNode[] = [];
    let next = column;
    while (next === column && this.#isItem()) {
      this.#at++;
      while (this.text.charCodeAt(this.#at) === space) this.#at++;
      const code = this.text.charCodeAt(this.#at);
      if (code === openMap || code === openList) {
        items.push(this.#inline(false));
        next = this.#endOfLine();
      } else {
        next = this.#blockItem(items);
      }
      if (next > column) throw doubt;
    }
    this.#depth--;
    return { node: { kind: 'list', items, origin: { position, layer: 'file' } }, next };
  }

  /** An item that is a value, or a map whose first key stands behind the dash. */
  #blockItem(items: LocatedNode[]): number {
    const [start, position] = [this.#at, this.#position()];
    const node = this.#inline(false);
    const code = this.text.charCodeAt(this.#at);
    if (code !== colon) {
      items.push(node);
      return this.#endOfLine();
    }
    this.#at = start;
    const name = this.#key();
    if (!this.#takesColon()) throw doubt;
    items.push(this.#blockMap(position.column - 1, { name, position }));
    return this.#column();
  }

  /** A value that begins and ends on this line. */
  #inline(flow: boolean): LocatedNode {
    const code = this.text.charCodeAt(this.#at);
    if (code === openMap) return this.#flowMap();
    if (code === openList) return this.#flowList();
    const position = this.#position();
    const value = code === quote || code === apostrophe ? this.#quoted(code) : plainScalar(this.#plain(flow));
    if (value === undefined) throw doubt;
    return { kind: 'scalar', value, origin: { position, layer: 'file' } } satisfies LocatedScalar;
  }

  #flowMap(): LocatedMap {
    if (++this.#depth > deepest) throw doubt;
    const position = this.#position();
    const entries = new Map<string, LocatedEntry>();
    for (let more = this.#opens(closeMap); more; more = this.#goesOn(closeMap)) {
      const key = this.#position();
      const name = this.#key(true);
      if (entries.has(name) || !this.#takesColon() || this.text.charCodeAt(this.#at) !== space) throw doubt;
      this.#blanks();
      entries.set(name, { key, value: this.#inline(true) });
    }
    this.#depth--;
    return { kind: 'map', entries, origin: { position, layer: 'file' } };
  }

  #flowList(): LocatedNode {
    if (++this.#depth > deepest) throw doubt;
    const position = this.#position();
    const items: LocatedNode[] = [];
    for (let more = this.#opens(closeList); more; more = this.#goesOn(closeList)) items.push(this.#inline(true));
    this.#depth--;
    return { kind: 'list', items, origin: { position, layer: 'file' } };
  }

  /** Steps over an opening bracket; whether something is in it. */
  #opens(close: number): boolean {
    this.#at++;
    this.#blanks();
    if (this.text.charCodeAt(this.#at) !== close) return true;
    this.#at++;
    return false;
  }

  /** Steps over the comma or bracket behind a value; whether there is another one. */
  #goesOn(close: number): boolean {
    this.#blanks();
    const code = this.text.charCodeAt(this.#at++);
    if (code === close) return false;
    if (code !== comma) throw doubt;
    this.#blanks();
    return true;
  }

  #blanks(): void {
    while (this.text.charCodeAt(this.#at) === space) this.#at++;
  }

  #key(flow = false): string {
    const code = this.text.charCodeAt(this.#at);
    if (code === quote || code === apostrophe) {
      const name = this.#quoted(code);
      if (name === '<<' || name.length > longestKey) throw doubt;
      return name;
    }
    const source = this.#plain(flow);
    // A key without a value of its own, or one that merges, is refused; a number or a boolean is taken as it is written.
    if (source === '<<' || source.length > longestKey || plainScalar(source) === null) throw doubt;
    return source;
  }

  #takesColon(): boolean {
    if (this.text.charCodeAt(this.#at) !== colon) return false;
    const code = this.text.charCodeAt(++this.#at);
    return code === space || code === newline || this.#at >= this.text.length;
  }

  /** The text between two quotes on one line, without anything that is escaped. */
  #quoted(mark: number): string {
    const { text } = this;
    const start = this.#at + 1;
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at);
      if (code === mark) {
        if (mark === apostrophe && text.charCodeAt(at + 1) === apostrophe) throw doubt;
        this.#at = at + 1;
        return text.slice(start, at);
      }
      if (at >= text.length || code === newline || (code === backslash && mark === quote)) throw doubt;
    }
  }

  /** A value without quotes, to where it ends on this line. */
  #plain(flow: boolean): string {
    const { text } = this;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first < 128 && beginsPlain[first] !== 1 && !(first === dash && beginsPlain[text.charCodeAt(start + 1)] === 1)) throw doubt;
    let end = start;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === space) continue;
      if (code === newline || (code === hash && at > end)) break;
      if (code === colon) {
        const next = text.charCodeAt(at + 1);
        if (next === space || next === newline || at + 1 >= text.length) break;
        if (flow && (next === comma || next === openMap || next === closeMap || next === openList || next === closeList)) throw doubt;
      }
      if (flow && (code === comma || code === closeMap || code === closeList)) break;
      if (flow && (code === openMap || code === openList)) throw doubt;
      end = at + 1;
    }
    if (end === start) throw doubt;
    this.#at = end;
    return text.slice(start, end);
  }
}

interface Key {
  readonly name: string;
  readonly position: Position;
}
