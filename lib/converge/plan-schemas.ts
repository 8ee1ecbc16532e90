import type { CompatibilityLevel } from '../kafka';
import type { Desired } from './desired';
import { type DesiredSubject, ranksOf } from './desired-schemas';
import type { Findings, Note } from './findings';
import type { Live } from './live';
import { type LiveSchemas, type LiveSubject, type SchemaScope, schemaScope } from './live-schemas';
import { isSilent } from './service-call';
import type { RegisterSchema, SetCompatibility, Step } from './step';
import { undoCompatibility, undoSchema } from './undo-services';

/** Subjects to make, to add versions to and to remove. What is there and not owned is never changed. */
export function planSchemas(desired: Desired, live: Live): Findings {
  const scope = schemaScope(desired.schemas, live.ownership);
  if (scope === undefined) return { steps: [], notes: [] };
  const { schemas } = live;
  if (schemas === undefined || isSilent(schemas)) {
    const count = scope.subjects.length + scope.undeclared.length;
    const unnamed = `no schema registry is named, and ${count} of its subjects ${count === 1 ? 'is' : 'are'} declared or owned`;
    return schemas === undefined
      ? refused('schema registry', unnamed, 'give --schema-registry')
      : refused('schema registry', `${schemas.failure}; nothing was asked of it`, 'run again when it answers');
  }
  const wanted = desired.schemas?.subjects ?? [];
  const ranks = ranksOf(wanted);
  const unmade = new Set<string>();
  const byRank = [...wanted].sort((a, b) => (ranks.get(a.subject) ?? 0) - (ranks.get(b.subject) ?? 0));
  const each = byRank.map((subject) => {
    const found = stepsFor({ wanted: subject, desired, live, schemas, unmade, rank: ranks.get(subject.subject) ?? 0 });
    const made = schemas.subjects.get(subject.subject)?.version !== undefined || found.steps.some(({ kind }) => kind === 'register-schema');
    if (!made) unmade.add(subject.subject);
    return found;
  });
  const surplus = undeclared(scope.undeclared, desired, schemas);
  const general = generalLevel(desired.schemas?.compatibility, schemas);
  return {
    steps: [...general, ...each.flatMap(({ steps }) => steps), ...surplus.steps],
    notes: [...each.flatMap(({ notes }) => notes), ...surplus.notes, ...absentNote(wanted, schemas)],
    outdated: { schemas: gone(scope, live.ownership.schemas, schemas, madeBy(each.flatMap(({ steps }) => steps))) },
  };
}

function madeBy(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => (step.kind === 'register-schema' ? [step.subject] : [])));
}

/** Owned, not there, and not to be made again; also what a run claimed that broke off before it was made, and is refused now. */
function gone(scope: SchemaScope, owned: ReadonlySet<string>, { subjects }: LiveSchemas, made: ReadonlySet<string>): readonly string[] {
  const unmade = scope.subjects.flatMap(({ subject }) => (owned.has(subject) && !made.has(subject) ? [subject] : []));
  return [...scope.undeclared, ...unmade].filter((subject) => subjects.get(subject)?.there !== true);
}

function refused(subject: string, reason: string, remedy: string): Findings {
  return { steps: [refusal(subject, reason, remedy)], notes: [] };
}

function refusal(subject: string, reason: string, remedy: string): Step {
  return { kind: 'refuse', id: `refuse ${subject}`, class: 'no-op', affects: [], undo: [], subject, reason, remedy };
}

function generalLevel(level: CompatibilityLevel | undefined, { compatibility: from }: LiveSchemas): readonly Step[] {
  if (level === undefined || level === from) return [];
  return [
    {
      kind: 'set-compatibility',
      id: 'set-compatibility',
      class: 'online',
      affects: ['every subject without a level of its own'],
      undo: undoCompatibility(undefined, from),
      level,
      ...(from === undefined ? {} : { from }),
    },
  ];
}

interface Case {
  readonly wanted: DesiredSubject;
  readonly desired: Desired;
  readonly live: Live;
  readonly schemas: LiveSchemas;
  /** Subjects that have no version and get none: what refers to them can't be registered. */
  readonly unmade: ReadonlySet<string>;
  readonly rank: number;
}

function stepsFor(given: Case): Findings {
  const { wanted, live, schemas } = given;
  const { subject, text } = wanted;
  const there: LiveSubject = schemas.subjects.get(subject) ?? { there: false };
  if (!there.there) return { steps: text === undefined ? [] : [dangling(given) ?? registration(given, text, true)], notes: [] };
  const level = levelStep(wanted, there);
  const misses = text !== undefined && there.version === undefined;
  const passed = superseded(there);
  if (!live.ownership.schemas.has(subject)) {
    const remedy = `kafkon schemas <environment> adopt ${subject}`;
    if (level.length > 0 || misses)
      return refused(`subject ${subject}`, 'it exists, differs from what is declared, and is not owned', remedy);
    if (passed !== undefined) {
      const message = `${passedText(subject, passed)}, and it is not owned; to make it the latest again, first: ${remedy}`;
      return { steps: [], notes: [{ code: 'schema-not-owned', message, drift: true }] };
    }
    const message = `the subject ${subject} is as declared and not owned; to keep it so: ${remedy}`;
    return { steps: [], notes: text === undefined ? [] : [{ code: 'schema-not-owned', message }] };
  }
  if (text === undefined || (!misses && passed === undefined)) return { steps: level, notes: [] };
  const no =
    passed === undefined ? (dangling(given) ?? misfit(given, there, level.length > 0)) : stuck(given, there, passed, level.length > 0);
  if (no !== undefined) return { steps: [...level, no], notes: [] };
  return { steps: [...level, registration(given, text, false, passed)], notes: uncheckedNote(given, there) };
}

type Passed = NonNullable<RegisterSchema['again']>;

/** The version that is declared, where somebody registered another one after it. */
function superseded({ version, newer = [] }: LiveSubject): Passed | undefined {
  const latest = newer.at(-1);
  return version === undefined || latest === undefined ? undefined : { version, latest };
}

function passedText(subject: string, { version, latest }: Passed): string {
  return `version ${version} of ${subject} is declared, and version ${latest} is its latest`;
}

/** Why the declared version can't be made the latest again: it would have to be removed first, and come back for certain. */
function stuck(given: Case, there: LiveSubject, passed: Passed, levelChanges: boolean): Step | undefined {
  const { wanted, desired } = given;
  const { subject } = wanted;
  const referring = (desired.schemas?.subjects ?? []).filter((other) =>
    other.references.some((reference) => reference.subject === subject),
  );
  const unknown = there.check?.done === false && there.check.reason === 'invalid';
  const no = misfit(given, there, levelChanges);
  const why =
    referring.length > 0
      ? `${referring.map((other) => other.subject).join(', ')} refers to it there, and it can't be removed to be registered again`
      : unknown
        ? 'the registry does not tell whether it would take it after that'
        : no?.kind === 'refuse'
          ? no.reason
          : undefined;
  if (why === undefined) return undefined;
  const remedy = `declare what version ${passed.latest} is, or remove what came after: curl -X DELETE $SCHEMA_REGISTRY/subjects/${encodeURIComponent(subject)}/versions/${passed.latest}`;
  return refusal(`subject ${subject}`, `${passedText(subject, passed)}; ${why}`, remedy);
}

/** What only the registration will tell. */
function uncheckedNote({ wanted: { subject, references } }: Case, { check }: LiveSubject): readonly Note[] {
  if (check?.done === true) return [];
  const why =
    check === undefined
      ? `it refers to ${references.map((reference) => reference.subject).join(', ')}, which gets a new version in this plan`
      : check.reason === 'invalid'
        ? `its check does not follow references (${check.message})`
        : 'another level is set first';
  const message = `whether the new schema of ${subject} fits the registry tells only when it is registered: ${why}`;
  return [{ code: 'schema-not-checked', message }];
}

function levelStep({ subject, compatibility: level }: DesiredSubject, { compatibility: from }: LiveSubject): readonly SetCompatibility[] {
  if (level === undefined || level === from) return [];
  return [
    {
      kind: 'set-compatibility',
      id: `set-compatibility ${subject}`,
      class: 'online',
      affects: [`new versions of ${subject}, by whomever they are registered`],
      undo: undoCompatibility(subject, from),
      subject,
      level,
      ...(from === undefined ? {} : { from }),
    },
  ];
}

function dangling({ wanted, unmade }: Case): Step | undefined {
  const missing = wanted.references.map(({ subject }) => subject).filter((subject) => unmade.has(subject));
  if (missing.length === 0) return undefined;
  const reason = `it refers to ${missing.join(', ')}, which the registry does not have as declared, and does not get`;
  return refusal(`subject ${wanted.subject}`, reason, 'see to that first');
}

/** What the registry has against a new version. Under a level that the plan changes first it could not be asked. */
function misfit({ wanted, desired, schemas }: Case, { check }: LiveSubject, levelChanges: boolean): Step | undefined {
  if (check === undefined || check.done) return undefined;
  // Some registries follow references when a schema is registered, and not when they only check it.
  if (check.reason === 'invalid' && wanted.references.length > 0) return undefined;
  const general = desired.schemas?.compatibility;
  const othersChange = wanted.compatibility === undefined && general !== undefined && general !== schemas.compatibility;
  if (check.reason === 'incompatible' && (levelChanges || othersChange)) return undefined;
  const reason = `the registry finds the schema ${check.reason}: ${check.message}`;
  const remedy =
    check.reason === 'invalid' ? 'correct the schema' : 'change the schema so that it fits, or make another subject and move to it';
  return refusal(`subject ${wanted.subject}`, reason, remedy);
}

function registration({ wanted, schemas, rank }: Case, text: string, isNew: boolean, again?: Passed): RegisterSchema {
  const { subject, type, references, compatibility } = wanted;
  return {
    kind: 'register-schema',
    id: `register-schema ${subject}`,
    class: again === undefined ? 'online' : 'irreversible',
    affects: [
      ...(isNew ? [] : [`clients that take the latest version of ${subject} take this one`]),
      ...(again === undefined ? [] : [`who asks for version ${again.version} by its number does not find it; its id stays`]),
    ],
    undo: again === undefined ? undoSchema(subject, isNew) : [],
    subject,
    type,
    text,
    references: references.map((reference) => {
      const version = schemas.subjects.get(reference.subject)?.version;
      return { ...reference, ...(version === undefined ? {} : { version }) };
    }),
    ...(compatibility === undefined || !isNew ? {} : { compatibility }),
    ...(again === undefined ? {} : { again }),
    isNew,
    rank,
  };
}

/** Those that refer to others go before them. */
function undeclared(names: readonly string[], desired: Desired, schemas: LiveSchemas): Findings {
  const present = names.filter((subject) => schemas.subjects.get(subject)?.there === true);
  if (desired.schemas?.deleteSubjects !== true) {
    const notes = present.map((subject) => ({
      code: 'schema-left',
      message: `the subject ${subject} is owned and no longer declared, and it stays; to remove it say convergence.deleteSchemas: true, to forget it: kafkon schemas <environment> release ${subject}`,
    }));
    return { steps: [], notes };
  }
  const referring = (subject: string) =>
    (schemas.subjects.get(subject)?.references ?? []).map((other) => ({ name: other, subject: other }));
  const ranks = ranksOf(present.map((subject) => ({ subject, references: referring(subject) })));
  const top = Math.max(0, ...ranks.values());
  const steps = present.map(
    (subject): Step => ({
      kind: 'delete-subject',
      id: `delete-subject ${subject}`,
      class: 'data-loss',
      affects: [`clients that have yet to read a schema of ${subject} can't read its records`],
      undo: [],
      subject,
      rank: top - (ranks.get(subject) ?? 0),
    }),
  );
  return { steps, notes: [] };
}

function absentNote(wanted: readonly DesiredSubject[], schemas: LiveSchemas): readonly Note[] {
  const absent = wanted.filter(({ subject, text }) => text === undefined && schemas.subjects.get(subject)?.there !== true);
  if (absent.length === 0) return [];
  const names = absent.map(({ subject }) => subject).join(', ');
  return [{ code: 'schema-absent', message: `declared without a file, and not in the schema registry: ${names}` }];
}
