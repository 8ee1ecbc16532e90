import {
  boolCoreTag,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  type MappingEvent,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Position } from '../model';
import { type Layer, type LocatedEntry, type LocatedList, type LocatedMap, type LocatedNode, layerUnder, type Origin } from './located';

/**
 * Reads a YAML file from the events of a parser that keeps nothing but offsets, several times as fast as one that keeps a document.
 * Anything that is wrong, that an environment may not contain, or that the two parsers might see in two ways gives `undefined`: then
 * `parseYaml` has the say.
 */
export function readYamlEvents(file: string, text: string): LocatedMap | undefined {
  if (unusual.test(text)) return undefined;
  try {
    const events = parseEvents(text, { maxDepth: deepest });
    const root = new EventReader(file, text, events).document();
    return root?.kind === 'map' ? root : undefined;
  } catch (caught) {
    // Whatever the parser refuses is worded elsewhere; a mistake in here is none of the file.
    if (caught === doubt || (caught instanceof Error && caught.name === 'YAMLException')) return undefined;
    throw caught;
  }
}

/** Tabs, carriage returns, other control characters, byte order marks, and lines between documents: parsers differ most about them. */
const unusual = /[^\P{Cc}\n]|[\u2028\u2029\ufeff]|^ *(?:---|\.\.\.)/mu;

/** Thrown where there is any doubt; never seen outside of this file. */
const doubt = Symbol('in doubt');

/** Deeper than any environment. */
const deepest = 32;

const coreTags = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag] as const;
/** With anything else no word or number of the core schema begins. */
const beginsOther = /^[-+.0-9~nNtTfF]/;
/** What every schema takes for the same exact number; most numbers are. */
const exactInteger = /^(?:0|-?[1-9][0-9]{0,14})$/;

class EventReader {
  #next = 0;
  /** Where the current line begins and ends, and its number from 1. */
  #lineStart = 0;
  #lineEnd: number;
  #line = 1;
  #layer: Layer = 'file';
  readonly #names = new Map<string, string>();

  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {
    this.#lineEnd = this.#endFrom(0);
  }

  /** The one document there must be. */
  document(): LocatedNode | undefined {
    const start = this.events[this.#next++];
    if (start?.type !== EVENT_ID.DOCUMENT || start.directives.length > 0) return undefined;
    const root = this.#node(false, true);
    return this.#next === this.events.length - 1 ? root : undefined;
  }

  #node(flow: boolean, isRoot = false): LocatedNode {
    const event = this.events[this.#next++];
    if (event?.type === EVENT_ID.SCALAR) return this.#scalar(event, flow);
    if (event?.type === EVENT_ID.MAPPING) return this.#map(event, isRoot);
    if (event?.type === EVENT_ID.SEQUENCE) return this.#list(event);
    throw doubt;
  }

  #map(event: MappingEvent, isRoot: boolean): LocatedMap {
    const origin = this.#origin(event, event.start);
    const entries = new Map<string, LocatedEntry>();
    const flow = event.style === COLLECTION_STYLE.FLOW;
    for (let key = this.events[this.#next++]; key?.type !== EVENT_ID.POP; key = this.events[this.#next++]) {
      if (key?.type !== EVENT_ID.SCALAR) throw doubt;
      const position = this.#position(key, startOf(key));
      const name = this.#name(getScalarValue(this.text, key));
      // What merges, has no name or stands there twice is a problem to be told.
      if (name === '<<' || (key.style === SCALAR_STYLE.PLAIN && core(name) === null) || entries.has(name)) throw doubt;
      if (isRoot) this.#layer = layerUnder(name);
      entries.set(name, { key: position, value: this.#node(flow) });
    }
    return { kind: 'map', entries, origin };
  }

  #list(event: SequenceEvent): LocatedList {
    const origin = this.#origin(event, event.start);
    const items: LocatedNode[] = [];
    while (this.events[this.#next]?.type !== EVENT_ID.POP) items.push(this.#node(event.style === COLLECTION_STYLE.FLOW));
    this.#next++;
    return { kind: 'list', items, origin };
  }

  #scalar(event: ScalarEvent, flow: boolean): LocatedNode {
    const start = startOf(event);
    const origin = this.#origin(event, start);
    // The parsers differ about what may stand between a key and a value that begins on a line of its own.
    if (!flow && this.text.slice(this.#lineStart, start).trim() === '') throw doubt;
    const source = getScalarValue(this.text, event);
    const value = event.style === SCALAR_STYLE.PLAIN ? core(source) : source;
    // A number that is not written as it is printed (`7.10`, `0x1F`), or is not exact, may be a problem.
    if (typeof value === 'number' && (String(value) !== source || (Number.isInteger(value) && !Number.isSafeInteger(value)))) throw doubt;
    return { kind: 'scalar', value, origin };
  }

  /** One text for all keys of a name: a thousand topics have the same few. */
  #name(read: string): string {
    const known = this.#names.get(read);
    if (known !== undefined) return known;
    this.#names.set(read, read);
    return read;
  }

  #origin(event: Pick<ScalarEvent, 'anchorStart' | 'tagStart'>, start: number): Origin {
    return { position: this.#position(event, start), layer: this.#layer };
  }

  /** Where a value begins. Values come in the order of the text, so that lines are counted once. */
  #position({ anchorStart, tagStart }: Pick<ScalarEvent, 'anchorStart' | 'tagStart'>, start: number): Position {
    if (anchorStart >= 0 || tagStart >= 0 || start < this.#lineStart) throw doubt;
    while (start > this.#lineEnd) {
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#endFrom(this.#lineStart);
      this.#line++;
    }
    return { file: this.file, line: this.#line, column: start - this.#lineStart + 1 };
  }

  #endFrom(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end === -1 ? this.text.length : end;
  }
}

/** Quotes stand before the value; of block scalars it is not known where their `|` is, of empty ones where they would be. */
function startOf({ style, valueStart }: ScalarEvent): number {
  if (style === SCALAR_STYLE.PLAIN && valueStart >= 0) return valueStart;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  throw doubt;
}

/** The value of a plain scalar by YAML 1.2's core schema. */
function core(source: string): string | number | boolean | null {
  if (!beginsOther.test(source)) return source;
  if (exactInteger.test(source)) return Number(source);
  for (const tag of coreTags) {
    const value = tag.resolve(source, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  // A number for one parser and none for the other, such as `1e999`.
  if (!Number.isNaN(Number(source))) throw doubt;
  return source;
}
