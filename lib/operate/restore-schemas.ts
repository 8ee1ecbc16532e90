import { ClusterFailure, type CompatibilityLevel, type NewSchema, type SchemaRegistry } from '../kafka';
import type { BackupSchemas } from './backup-format';

/** What is to be done, or was done, with a subject of a backup. */
export interface SchemaRestoration {
  readonly subject: string;
  /** `there`: nothing to do; `missing`: to be registered; `registered`: it was; `failed`: the registry refused. */
  readonly status: 'there' | 'missing' | 'registered' | 'failed';
  /** Versions of the backup that were, or are, not there. */
  readonly versions: readonly number[];
  /** Why not, in the registry's own words; or what is there and differs. */
  readonly message?: string;
}

type Subject = BackupSchemas['subjects'][number];
type Version = Subject['versions'][number];

/** Where each version of the backup is now; numbers change where the backup has gaps. */
type Places = Map<string, number>;
const placeOf = (subject: string, version: number) => `${version} ${subject}`;

/** What of a backup's schemas is missing; asks and changes nothing. */
export async function missingSchemas(schemas: BackupSchemas, registry: SchemaRegistry): Promise<readonly SchemaRestoration[]> {
  const places: Places = new Map();
  const missing = new Map<string, number[]>();
  for (const { subject, version } of inOrder(schemas)) {
    const schema = schemaAt(version, places);
    const found = schema === undefined ? undefined : await registry.find(subject.subject, schema);
    if (found !== undefined) places.set(placeOf(subject.subject, version.version), found.version);
    else missing.set(subject.subject, [...(missing.get(subject.subject) ?? []), version.version]);
  }
  return Promise.all(
    schemas.subjects.map(async ({ subject, compatibility }): Promise<SchemaRestoration> => {
      const versions = (missing.get(subject) ?? []).sort((a, b) => a - b);
      const level = await registry.compatibility(subject);
      const differs = compatibility !== null && level !== compatibility;
      const message = differs ? { message: `compatibility is ${level ?? 'not set'} and was ${compatibility}` } : {};
      // With all its versions there it is somebody's, and its level is left as it is; only shown.
      const complete = versions.length === 0 && !isLeftOpen(level, compatibility);
      return { subject, status: complete ? 'there' : 'missing', versions, ...message };
    }),
  );
}

/**
 * Registers what is missing, a version after the other, those that others refer to first. A subject that was not there gets its level
 * when all its versions are: they need not have fitted it when they were made. What was done before the registry fell silent is told;
 * running again does the rest.
 * @throws ClusterFailure when it does not answer at all
 */
export async function restoreSchemas(schemas: BackupSchemas, registry: SchemaRegistry): Promise<readonly SchemaRestoration[]> {
  const run = new Run(registry, new Set(await registry.subjects()));
  for (const { subject, version } of inOrder(schemas))
    await run.attempt(subject.subject, `version ${version.version}`, () => run.bring(subject, version));
  for (const subject of schemas.subjects) await run.attempt(subject.subject, 'its level', () => run.close(subject));
  return schemas.subjects.map(({ subject }) => run.outcome(subject));
}

/** Whether a subject lets anything in and did not before: as a run leaves it that breaks off. */
function isLeftOpen(level: CompatibilityLevel | undefined, before: CompatibilityLevel | null): boolean {
  return level === 'NONE' && before !== null && before !== 'NONE';
}

/** What has come of a restoration so far. */
class Run {
  readonly #places: Places = new Map();
  readonly #done = new Map<string, number[]>();
  readonly #failures = new Map<string, string>();
  /** Subjects made by us that let anything in until all of them is there. */
  readonly #opened = new Set<string>();
  readonly #closed = new Set<string>();
  #silent = false;

  constructor(
    readonly registry: SchemaRegistry,
    readonly present: ReadonlySet<string>,
  ) {}

  /** Does something for a subject of which nothing has failed yet; it gives why not, where it can't. */
  async attempt(subject: string, what: string, act: () => Promise<string | undefined>): Promise<void> {
    if (this.#failures.has(subject)) return;
    if (this.#silent) {
      this.#failures.set(subject, `${what}: not asked for, since the registry did not answer before`);
      return;
    }
    try {
      const why = await act();
      if (why !== undefined) this.#failures.set(subject, `${what}${why}`);
    } catch (error) {
      if (!(error instanceof ClusterFailure)) throw error;
      this.#silent = error.reason !== 'unsupported';
      this.#failures.set(subject, `${what}: ${error.message}`);
    }
  }

  async bring({ subject: name, compatibility }: Subject, version: Version): Promise<string | undefined> {
    const { registry } = this;
    const schema = schemaAt(version, this.#places);
    if (schema === undefined) return ' refers to a schema that is not there';
    const found = await registry.find(name, schema);
    if (found !== undefined) {
      this.#places.set(placeOf(name, version.version), found.version);
      return undefined;
    }
    if (!this.present.has(name) && compatibility !== null && !this.#opened.has(name)) {
      await registry.setCompatibility('NONE', name);
      this.#opened.add(name);
    }
    const outcome = await registry.register(name, schema);
    if (!outcome.done) return `: ${outcome.message}`;
    this.#done.set(name, [...(this.#done.get(name) ?? []), version.version]);
    const made = await registry.find(name, schema);
    if (made !== undefined) this.#places.set(placeOf(name, version.version), made.version);
    return undefined;
  }

  /** Of subjects made by us, also by a run that broke off: those have all they had and still the level that lets anything in. */
  async close({ subject, compatibility }: Subject): Promise<undefined> {
    if (compatibility === null || compatibility === 'NONE') return;
    const left = async () => this.present.has(subject) && isLeftOpen(await this.registry.compatibility(subject), compatibility);
    if (!this.#opened.has(subject) && !(await left())) return;
    await this.registry.setCompatibility(compatibility, subject);
    this.#closed.add(subject);
  }

  outcome(subject: string): SchemaRestoration {
    const versions = this.#done.get(subject) ?? [];
    const message = this.#failures.get(subject);
    if (message !== undefined) return { subject, status: 'failed', versions, message };
    return { subject, status: versions.length > 0 || this.#closed.has(subject) ? 'registered' : 'there', versions };
  }
}

/** As it was, with its references where they are now; undefined while one of them is nowhere. */
function schemaAt({ type, text, references }: Version, places: Places): NewSchema | undefined {
  const now = references.map((reference) => ({ reference, version: places.get(placeOf(reference.subject, reference.version)) }));
  if (now.some(({ version }) => version === undefined)) return undefined;
  return { type, text, references: now.map(({ reference, version = 0 }) => ({ ...reference, version })) };
}

/** Versions of all subjects so that each comes after those it refers to; a subject's own stay in their order. */
function inOrder({ subjects }: BackupSchemas): readonly { readonly subject: Subject; readonly version: Version }[] {
  const byName = new Map(subjects.map((subject) => [subject.subject, subject]));
  const seen = new Set<string>();
  const ordered: { readonly subject: Subject; readonly version: Version }[] = [];
  const visit = (subject: Subject, version: Version): void => {
    const place = placeOf(subject.subject, version.version);
    if (seen.has(place)) return;
    seen.add(place);
    for (const earlier of subject.versions) if (earlier.version < version.version) visit(subject, earlier);
    for (const { subject: name, version: number } of version.references) {
      const other = byName.get(name);
      const found = other?.versions.find((each) => each.version === number);
      if (other !== undefined && found !== undefined) visit(other, found);
    }
    ordered.push({ subject, version });
  };
  for (const subject of subjects)
    for (const version of [...subject.versions].sort((a, b) => a.version - b.version)) visit(subject, version);
  return ordered;
}
