import type { CompatibilityLevel, SchemaType } from '../kafka';
import { type Environment, referenceSubject, subjectsOf } from '../model';

/** What a schema registry shall hold. */
export interface DesiredSchemas {
  /** By subject. */
  readonly subjects: readonly DesiredSubject[];
  /** For subjects without a level of their own; absent: left as it is. */
  readonly compatibility?: CompatibilityLevel;
  readonly deleteSubjects: boolean;
}

export interface DesiredSubject {
  readonly subject: string;
  readonly type: SchemaType;
  /** Absent: the registry is expected to have it. */
  readonly text?: string;
  /** By the name that the text uses, and the subject that holds it. */
  readonly references: readonly { readonly name: string; readonly subject: string }[];
  /** Absent: left as it is. */
  readonly compatibility?: CompatibilityLevel;
}

/** What an environment wants of its schema registry. Pure. */
export function desiredSchemas({ schemas, topics, convergence }: Environment): DesiredSchemas {
  const { compatibility } = convergence.schemaRegistry;
  return {
    subjects: subjectsOf({ schemas, topics }).flatMap(({ subject, schema, compatibility: level }): DesiredSubject[] => {
      const definition = schemas[schema];
      if (definition === undefined) return [];
      const { type, text, references } = definition;
      const known = references.flatMap(({ name, schema: other }) => {
        const referred = referenceSubject(other, schemas[other]);
        return referred === undefined ? [] : [{ name, subject: referred }];
      });
      const optional = { ...(text === undefined ? {} : { text }), ...(level === undefined ? {} : { compatibility: level }) };
      return [{ subject, type, references: known, ...optional }];
    }),
    ...(compatibility === undefined ? {} : { compatibility }),
    deleteSubjects: convergence.deleteSchemas,
  };
}

/** How many references lie below a subject at most: what has none is 0 and comes first. A circle counts as nothing. */
export function ranksOf(subjects: readonly Pick<DesiredSubject, 'subject' | 'references'>[]): ReadonlyMap<string, number> {
  const referred = new Map(subjects.map(({ subject, references }) => [subject, references.map((each) => each.subject)]));
  const ranks = new Map<string, number>();
  const rankOf = (subject: string, way: readonly string[]): number => {
    const known = ranks.get(subject);
    if (known !== undefined) return known;
    const below = (referred.get(subject) ?? []).filter((other) => referred.has(other) && !way.includes(other) && other !== subject);
    const rank = Math.max(-1, ...below.map((other) => rankOf(other, [...way, subject]))) + 1;
    ranks.set(subject, rank);
    return rank;
  };
  for (const { subject } of subjects) rankOf(subject, []);
  return ranks;
}
