import { isDeepStrictEqual } from 'node:util';
import type { CompatibilityLevel, NewSchema, RegisteredSchema, SchemaOutcome, SchemaRegistry } from '../schema-registry';

const done: SchemaOutcome = { done: true };

interface Subject {
  readonly versions: RegisteredSchema[];
  /** The highest number that was ever given. */
  last: number;
  /** Removed, but not for good: its numbers go on where they ended. */
  removed: boolean;
  level?: CompatibilityLevel;
}

interface Field {
  readonly name: string;
  readonly default?: unknown;
}

/** A schema registry in memory. Of compatibility it knows the one rule that matters most: the fields of an Avro record. */
export function memorySchemaRegistry({ level = 'BACKWARD' }: { readonly level?: CompatibilityLevel } = {}): SchemaRegistry {
  const subjects = new Map<string, Subject>();
  const ids = new Map<string, number>();
  let general = level;
  let sent = 0;
  const live = (name: string): Subject | undefined => {
    const found = subjects.get(name);
    return found === undefined || found.removed ? undefined : found;
  };
  const same = (name: string, schema: NewSchema) => live(name)?.versions.find((version) => identity(version) === identity(schema));
  const check = (name: string, schema: NewSchema): SchemaOutcome => {
    const missing = schema.references?.find(({ subject, version }) => !live(subject)?.versions.some((each) => each.version === version));
    if (missing !== undefined)
      return {
        done: false,
        reason: 'invalid',
        message: `No schema reference found for subject "${missing.subject}" and version ${missing.version}`,
      };
    if (schema.type !== 'PROTOBUF' && !isJson(schema.text)) return { done: false, reason: 'invalid', message: 'The schema is no JSON' };
    const found = live(name);
    const wanted = found?.level ?? general;
    const before = wanted.endsWith('_TRANSITIVE') ? (found?.versions ?? []) : (found?.versions.slice(-1) ?? []);
    for (const version of before) {
      const message = misfit(wanted, version, schema);
      if (message !== undefined) return { done: false, reason: 'incompatible', message };
    }
    return done;
  };

  return {
    subjects: async () => {
      sent++;
      return [...subjects.keys()].filter((name) => live(name) !== undefined);
    },
    latest: async (name) => {
      sent++;
      return live(name)?.versions.at(-1);
    },
    versions: async (name) => {
      sent++;
      return [...(live(name)?.versions ?? [])];
    },
    versionNumbers: async (name) => {
      sent++;
      return (live(name)?.versions ?? []).map(({ version }) => version);
    },
    find: async (name, schema) => {
      sent++;
      return same(name, schema);
    },
    check: async (name, schema) => {
      sent++;
      return check(name, schema);
    },
    register: async (name, schema) => {
      sent++;
      if (same(name, schema) !== undefined) return done;
      const outcome = check(name, schema);
      if (!outcome.done) return outcome;
      const subject = subjects.get(name) ?? { versions: [], last: 0, removed: false };
      const version = ++subject.last;
      if (subject.removed) subject.versions.length = 0;
      subject.removed = false;
      subjects.set(name, subject);
      const id = ids.get(identity(schema)) ?? ids.size + 1;
      ids.set(identity(schema), id);
      subject.versions.push({ references: [], ...schema, subject: name, version, id });
      return done;
    },
    compatibility: async (name) => {
      sent++;
      return name === undefined ? general : subjects.get(name)?.level;
    },
    setCompatibility: async (wanted, name) => {
      sent++;
      if (name === undefined) general = wanted;
      else subjects.set(name, { versions: [], last: 0, removed: true, ...subjects.get(name), level: wanted });
    },
    remove: async (name, { permanent = false } = {}) => {
      sent++;
      const found = subjects.get(name);
      const there = live(name) !== undefined || (permanent && found !== undefined);
      if (permanent) subjects.delete(name);
      else if (found !== undefined) found.removed = true;
      return there;
    },
    removeVersion: async (name, number) => {
      sent++;
      const needs = ({ references = [] }: NewSchema) => references.some(({ subject, version }) => subject === name && version === number);
      if ([...subjects.keys()].some((other) => live(other)?.versions.some(needs) === true))
        return { done: false, reason: 'referenced', message: `There are subjects referencing ${name}` };
      const found = live(name);
      const index = found?.versions.findIndex(({ version }) => version === number) ?? -1;
      if (found === undefined || index < 0) return done;
      found.versions.splice(index, 1);
      found.removed = found.versions.length === 0;
      return done;
    },
    requestsSent: () => sent,
  };
}

function identity({ type, text, references = [] }: NewSchema): string {
  return JSON.stringify([type, isJson(text) ? JSON.parse(text) : text, references]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function misfit(level: CompatibilityLevel, before: NewSchema, after: NewSchema): string | undefined {
  if (level === 'NONE' || isDeepStrictEqual(before, after)) return undefined;
  if (before.type !== after.type) return `a schema of type ${after.type} cannot follow one of type ${before.type}`;
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  const without = (fields: readonly Field[], others: readonly Field[]) =>
    fields.find((field) => field.default === undefined && !others.some(({ name }) => name === field.name));
  const added = level.startsWith('FORWARD') ? undefined : without(next, old);
  if (added !== undefined) return `READER_FIELD_MISSING_DEFAULT_VALUE: ${added.name}`;
  const gone = level.startsWith('BACKWARD') ? undefined : without(old, next);
  return gone === undefined ? undefined : `READER_FIELD_MISSING_DEFAULT_VALUE: ${gone.name}`;
}

function fieldsOf({ type, text }: NewSchema): readonly Field[] {
  if (type !== 'AVRO') return [];
  const schema: { readonly fields?: readonly Field[] } = JSON.parse(text);
  return schema.fields ?? [];
}
