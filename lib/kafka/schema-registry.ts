/** A schema registry, as far as Confluent's interface is answered alike by all that have it. */
export interface SchemaRegistry {
  subjects(): Promise<readonly string[]>;
  /** The latest version; undefined when there is no such subject. */
  latest(subject: string): Promise<RegisteredSchema | undefined>;
  /** All versions, by ascending number; none when there is no such subject. */
  versions(subject: string): Promise<readonly RegisteredSchema[]>;
  /** The numbers of all versions, ascending, in one request; none when there is no such subject. */
  versionNumbers(subject: string): Promise<readonly number[]>;
  /** The version that is this very schema; undefined when there is none. */
  find(subject: string, schema: NewSchema): Promise<RegisteredSchema | undefined>;
  /** What the registry would say to a new version. A first version always fits. */
  check(subject: string, schema: NewSchema): Promise<SchemaOutcome>;
  /** Adds a version; one that is there already is done too, and stays where it is, be there newer ones or not. */
  register(subject: string, schema: NewSchema): Promise<SchemaOutcome>;
  /** Of a subject, or of all that have none of their own. Undefined when a subject has none; some registries say `NONE` then. */
  compatibility(subject?: string): Promise<CompatibilityLevel | undefined>;
  /** Sets it, for a subject or for all that have none of their own. */
  setCompatibility(level: CompatibilityLevel, subject?: string): Promise<void>;
  /** Removes all versions, so that they can be had back unless `permanent`; false when there is no such subject. */
  remove(subject: string, options?: { readonly permanent?: boolean }): Promise<boolean>;
  /**
   * Removes one version, so that its number is not used again and its id can still be read; one that is not there is done too. What
   * other schemas refer to is refused as `referenced`.
   */
  removeVersion(subject: string, version: number): Promise<SchemaOutcome>;
  requestsSent(): number;
}

export type SchemaType = 'AVRO' | 'JSON' | 'PROTOBUF';

export type CompatibilityLevel =
  | 'NONE'
  | 'BACKWARD'
  | 'BACKWARD_TRANSITIVE'
  | 'FORWARD'
  | 'FORWARD_TRANSITIVE'
  | 'FULL'
  | 'FULL_TRANSITIVE';

/** A version of another subject that a schema makes use of, by the name it uses. */
export interface SchemaReference {
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

export interface NewSchema {
  readonly type: SchemaType;
  /** The schema's own text. */
  readonly text: string;
  readonly references?: readonly SchemaReference[];
}

export interface RegisteredSchema extends NewSchema {
  readonly subject: string;
  readonly version: number;
  readonly id: number;
}

/** `incompatible`: with the versions that are there. `invalid`: no schema, or a reference to nothing. `referenced`: others need it. */
export type SchemaOutcome =
  | { readonly done: true }
  | { readonly done: false; readonly reason: 'incompatible' | 'invalid' | 'referenced'; readonly message: string };
