import { parseListenerKey } from './listener-key';

/** Where a setting is put: in a broker's (or controller's) properties, on a topic, or in a client's properties. */
export type ConfigScope = 'broker' | 'topic' | 'producer' | 'consumer';

/** Kafka's `ConfigDef.Type`, in lower case. */
export type ConfigType = 'boolean' | 'int' | 'long' | 'short' | 'double' | 'string' | 'list' | 'class' | 'password';

/** How a changed broker setting reaches a running broker: by a restart, broker by broker, or for all brokers at once. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide';

/** The Kafka releases whose definitions are kept. */
export type CatalogueLine = '3.5' | '3.6' | '3.9' | '4.3';

/** What Kafka's own code says about one setting. Absent fields mean: no such limit. */
export interface ConfigDefinition {
  readonly key: string;
  readonly type: ConfigType;
  /** As it would be written in a properties file; a list's items joined by commas. Absent when required or when Kafka's default is null. */
  readonly default?: string;
  /** Kafka refuses to start without it. */
  readonly required?: true;
  /** Smallest value, inclusive. */
  readonly min?: number;
  /** Largest value, inclusive. */
  readonly max?: number;
  /** Holes between `min` and `max`. */
  readonly excluded?: readonly string[];
  /** The words allowed, for a list those of its items; one that ends in `*` allows any ending. */
  readonly allowed?: readonly string[];
  /** Words are compared without regard to case. */
  readonly ignoreCase?: true;
  /** An empty string or list is refused. */
  readonly nonEmpty?: true;
  /** A list must not repeat an item. */
  readonly unique?: true;
  /** Not part of Kafka's public documentation; accepted, never suggested. */
  readonly internal?: true;
  /** Broker settings only. Topic settings can always be changed on the live topic. */
  readonly update?: UpdateMode;
  /** Topic settings only: the broker setting that gives the value when the topic has none. */
  readonly brokerSynonym?: string;
}

/** The settings of one Kafka release. */
export interface Catalogue {
  readonly line: CatalogueLine;
  /** The exact release the definitions were read from, for example `3.9.2`. */
  readonly kafkaVersion: string;
  /** The definition behind a key, `listener.name.<listener>.` and mechanism prefixes included; `undefined` when Kafka has no such setting. */
  definition(scope: ConfigScope, key: string): ConfigDefinition | undefined;
  /** All keys of a scope in alphabetical order, without prefixed forms. */
  keys(scope: ConfigScope): readonly string[];
}

interface StoredDefinition
  extends Omit<ConfigDefinition, 'key' | 'type' | 'required' | 'ignoreCase' | 'nonEmpty' | 'unique' | 'internal' | 'update'> {
  readonly type: string;
  readonly update?: string;
}

type StoredCatalogue = { readonly kafka: string } & { readonly [scope in ConfigScope]: Readonly<Record<string, StoredDefinition>> };

/** `require` inside the functions loads only the release asked for; the types make the compiler copy the files into the build. */
const files = {
  '3.5': (): typeof import('./kafka-3.5.json') => require('./kafka-3.5.json'),
  '3.6': (): typeof import('./kafka-3.6.json') => require('./kafka-3.6.json'),
  '3.9': (): typeof import('./kafka-3.9.json') => require('./kafka-3.9.json'),
  '4.3': (): typeof import('./kafka-4.3.json') => require('./kafka-4.3.json'),
} satisfies Record<CatalogueLine, () => StoredCatalogue>;

/** The lines that are kept, oldest first. */
export const catalogueLines: readonly CatalogueLine[] = ['3.5', '3.6', '3.9', '4.3'];

const loaded = new Map<CatalogueLine, Catalogue>();

/** The settings of a line; its file is read at the first call. */
export function catalogueFor(line: CatalogueLine): Catalogue {
  const known = loaded.get(line);
  if (known !== undefined) return known;
  const catalogue = catalogueOf(line, files[line]());
  loaded.set(line, catalogue);
  return catalogue;
}

function catalogueOf(line: CatalogueLine, stored: StoredCatalogue): Catalogue {
  const exact = (scope: ConfigScope, key: string): ConfigDefinition | undefined => {
    const fields = Object.hasOwn(stored[scope], key) ? stored[scope][key] : undefined;
    if (fields === undefined) return undefined;
    const update = scope === 'broker' ? { update: 'read-only' } : {};
    // The generator writes Kafka's own type and mode names; a test compares them with the unions.
    return { key, ...update, ...fields } as ConfigDefinition;
  };
  const known: Record<ConfigScope, Map<string, ConfigDefinition>> = {
    broker: new Map(),
    topic: new Map(),
    producer: new Map(),
    consumer: new Map(),
  };
  const exactOnce = (scope: ConfigScope, key: string): ConfigDefinition | undefined => {
    const found = known[scope].get(key) ?? exact(scope, key);
    if (found !== undefined) known[scope].set(key, found);
    return found;
  };
  return {
    line,
    kafkaVersion: stored.kafka,
    keys: (scope) => Object.keys(stored[scope]),
    definition: (scope, key) => {
      const found = exactOnce(scope, key);
      if (found !== undefined || scope !== 'broker') return found;
      const listenerKey = parseListenerKey(key, (name) => exact('broker', name) !== undefined);
      const base = listenerKey?.problem === undefined && listenerKey !== undefined ? exact('broker', listenerKey.base) : undefined;
      return base && { ...base, key };
    },
  };
}
