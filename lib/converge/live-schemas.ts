import type { CompatibilityLevel, NewSchema, SchemaOutcome, SchemaReference, SchemaRegistry } from '../kafka';
import { type DesiredSchemas, type DesiredSubject, ranksOf } from './desired-schemas';
import type { Ownership } from './ownership';
import { eachOf, persistently } from './service-call';

/** What a plan has to know of a schema registry. */
export interface LiveSchemas {
  /** That of subjects without one of their own; absent where nobody wants to know. */
  readonly compatibility?: CompatibilityLevel;
  /** Every subject in the scope, there or not. */
  readonly subjects: ReadonlyMap<string, LiveSubject>;
}

export interface LiveSubject {
  readonly there: boolean;
  /** The version that is the declared schema; the latest for one declared without its text. */
  readonly version?: number;
  /** Versions that came after the declared one, which is thus not the latest; ascending. @default none */
  readonly newer?: readonly number[];
  /** What the registry says to the declared schema as the version after the latest; absent where it could not be asked or need not be. */
  readonly check?: SchemaOutcome;
  /** Its own level; absent where none was declared. */
  readonly compatibility?: CompatibilityLevel;
  /** The subjects that it refers to; only of what is no longer declared. */
  readonly references?: readonly string[];
}

/** What is read of a schema registry; part of a plan. */
export interface SchemaScope {
  readonly subjects: readonly DesiredSubject[];
  /** Owned, and no longer declared. */
  readonly undeclared: readonly string[];
  /** Whether the level of all others matters. */
  readonly compatibility: boolean;
}

/** What has to be read; undefined where nobody says anything of schemas, or nothing is declared that could be registered and nothing is owned. */
export function schemaScope(desired: DesiredSchemas | undefined, ownership: Ownership): SchemaScope | undefined {
  if (desired === undefined) return undefined;
  const { subjects } = desired;
  const wanted = new Set(subjects.map(({ subject }) => subject));
  const undeclared = [...ownership.schemas].filter((subject) => !wanted.has(subject)).sort();
  const compatibility = desired.compatibility !== undefined;
  const concerned = subjects.some(({ subject, text }) => text !== undefined || ownership.schemas.has(subject));
  return concerned || compatibility || undeclared.length > 0 ? { subjects, undeclared, compatibility } : undefined;
}

/**
 * Reads a scope: one list, then a look-up for every declared schema whose subject is there, those first that others refer to, and the
 * numbers of its versions. What is missing from a subject, or not its latest version, is put to the registry's own check. @throws ClusterFailure
 */
export async function readSchemas(scope: SchemaScope, registry: SchemaRegistry): Promise<LiveSchemas> {
  const there = new Set(await persistently(() => registry.subjects()));
  const [level, levels] = await Promise.all([
    scope.compatibility ? persistently(() => registry.compatibility()) : undefined,
    levelsOf(scope, there, registry),
  ]);
  const found = await lookedUp(scope.subjects, there, registry);
  const gone = await eachOf(scope.undeclared, async (subject): Promise<readonly [string, LiveSubject]> => {
    const latest = there.has(subject) ? await persistently(() => registry.latest(subject)) : undefined;
    return [
      subject,
      { there: there.has(subject), ...(latest?.references === undefined ? {} : { references: latest.references.map(subjectOf) }) },
    ];
  });
  const declared = scope.subjects.map(({ subject }): readonly [string, LiveSubject] => {
    const own = levels.get(subject);
    return [subject, { there: there.has(subject), ...found.get(subject), ...(own === undefined ? {} : { compatibility: own }) }];
  });
  return { ...(level === undefined ? {} : { compatibility: level }), subjects: new Map([...declared, ...gone]) };
}

const subjectOf = ({ subject }: SchemaReference) => subject;

/** Levels are asked for only where one is declared. */
async function levelsOf(
  { subjects }: SchemaScope,
  there: ReadonlySet<string>,
  registry: SchemaRegistry,
): Promise<ReadonlyMap<string, CompatibilityLevel | undefined>> {
  const asked = subjects.filter(({ subject, compatibility }) => compatibility !== undefined && there.has(subject));
  return new Map(await eachOf(asked, async ({ subject }) => [subject, await persistently(() => registry.compatibility(subject))] as const));
}

type LookedUp = Pick<LiveSubject, 'version' | 'newer' | 'check'>;

async function lookedUp(
  subjects: readonly DesiredSubject[],
  there: ReadonlySet<string>,
  registry: SchemaRegistry,
): Promise<ReadonlyMap<string, LookedUp>> {
  const found = new Map<string, LookedUp>();
  const ranks = ranksOf(subjects);
  for (let rank = 0; rank <= Math.max(...ranks.values()); rank++) {
    const these = subjects.filter(({ subject }) => ranks.get(subject) === rank && there.has(subject));
    const answers = await eachOf(these, async (wanted) => {
      const schema = withVersions(wanted, (subject) => found.get(subject)?.version);
      return [wanted.subject, await lookUp(wanted, schema, registry)] as const;
    });
    for (const [subject, answer] of answers) found.set(subject, answer);
  }
  return found;
}

async function lookUp({ subject, text }: DesiredSubject, schema: NewSchema | undefined, registry: SchemaRegistry): Promise<LookedUp> {
  if (text === undefined) {
    const latest = await persistently(() => registry.latest(subject));
    return latest === undefined ? {} : { version: latest.version };
  }
  // It refers to what is not there yet: then it can't be there either, and the registry could not say whether it fits.
  if (schema === undefined) return {};
  const known = await persistently(() => registry.find(subject, schema));
  const check = () => persistently(() => registry.check(subject, schema));
  if (known === undefined) return { check: await check() };
  const { version } = known;
  const newer = (await persistently(() => registry.versionNumbers(subject))).filter((number) => number > version);
  return newer.length === 0 ? { version } : { version, newer, check: await check() };
}

/** A schema as the registry takes it; undefined while what it refers to has no version. */
export function withVersions(
  { type, text, references }: Pick<DesiredSubject, 'type' | 'text' | 'references'>,
  versionOf: (subject: string) => number | undefined,
): NewSchema | undefined {
  const known = references.flatMap(({ name, subject }): SchemaReference[] => {
    const version = versionOf(subject);
    return version === undefined ? [] : [{ name, subject, version }];
  });
  return text === undefined || known.length < references.length ? undefined : { type, text, references: known };
}

/** What a plan rests on, by subject. */
export function schemaBasis(live: LiveSchemas): readonly (readonly [string, unknown])[] {
  const subjects = [...live.subjects].map(([subject, state]) => [`schema ${subject}`, state] as const);
  return [...subjects, ...(live.compatibility === undefined ? [] : [['compatibility of all subjects', live.compatibility] as const])];
}
