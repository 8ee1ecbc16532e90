import type { Environment } from './environment';
import type { SchemaDefinition } from './schema-subject';

/** One name under which a schema is registered. */
export interface Subject {
  readonly subject: string;
  /** The name of the schema under `schemas`. */
  readonly schema: string;
  readonly compatibility?: SchemaDefinition['compatibility'];
}

/** Where the schemas of an environment are registered, by subject. A subject that two schemas claim is there twice. */
export function subjectsOf({ schemas, topics }: Pick<Environment, 'schemas' | 'topics'>): readonly Subject[] {
  const referenced = new Set(Object.values(schemas).flatMap(({ references }) => references.map(({ schema }) => schema)));
  const found = Object.entries(schemas).flatMap(([schema, { subjects, compatibility }]) => {
    const bound = topics.flatMap(({ name, schema: binding }) =>
      (['value', 'key'] as const)
        .filter((part) => binding?.[`${part}Schema`] === schema)
        .map((part) => subjectWith(`${name}-${part}`, schema, binding?.compatibility ?? compatibility)),
    );
    if (subjects !== undefined) {
      const levels = new Map(bound.map((each) => [each.subject, each.compatibility]));
      return [...new Set(subjects)].map((subject) => subjectWith(subject, schema, levels.get(subject) ?? compatibility));
    }
    const own = bound.length === 0 || referenced.has(schema) ? [subjectWith(schema, schema, compatibility)] : [];
    return [...own, ...bound];
  });
  return found.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.schema < b.schema ? -1 : 1));
}

/** The subject by which other schemas refer to a schema; undefined where it has none. */
export function referenceSubject(schema: string, definition: SchemaDefinition | undefined): string | undefined {
  return definition === undefined ? undefined : definition.subjects === undefined ? schema : definition.subjects[0];
}

function subjectWith(subject: string, schema: string, compatibility: SchemaDefinition['compatibility']): Subject {
  return { subject, schema, ...(compatibility === undefined ? {} : { compatibility }) };
}
