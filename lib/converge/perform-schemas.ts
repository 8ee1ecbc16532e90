import { ClusterFailure, type NewSchema, type SchemaOutcome, type SchemaRegistry } from '../kafka';
import { withVersions } from './live-schemas';
import { done, failed, type StepOutcome, skipped } from './outcome';
import { eachOf, persistently, reasonOf, shows } from './service-call';
import type { DeleteSubject, RegisterSchema, SetCompatibility } from './step';

/** What is done at a schema registry. */
export type SchemaStep = SetCompatibility | RegisterSchema | DeleteSubject;

/** What is needed to do it. */
export interface SchemaBench {
  readonly registry: SchemaRegistry | undefined;
  /** How long a write may take to show, in milliseconds. */
  readonly withinMs: number;
  /** Proves the lock. @throws LockLost */
  readonly prove: () => Promise<void>;
}

/** Does steps of one kind, those of a lower rank first; each is looked at afterwards. Once the registry is silent the rest is skipped. */
export async function performSchemas(
  steps: readonly SchemaStep[],
  { registry, withinMs, prove }: SchemaBench,
): Promise<readonly StepOutcome[]> {
  if (registry === undefined) return steps.map((step) => skipped(step, 'depends', 'no schema registry is named: give --schema-registry'));
  const outcomes = new Map<string, StepOutcome>();
  const versions = new Map<string, number>();
  let silence: string | undefined;
  const act = async (step: SchemaStep): Promise<void> => {
    const missing = blocker(step, steps, outcomes);
    if (silence !== undefined) outcomes.set(step.id, skipped(step, 'depends', `the schema registry did not answer before: ${silence}`));
    else if (missing !== undefined) outcomes.set(step.id, skipped(step, 'depends', `${missing} was not done`));
    else
      try {
        outcomes.set(step.id, await performOne(step, registry, versions, withinMs));
      } catch (error) {
        if (!(error instanceof ClusterFailure)) throw error;
        if (error.reason !== 'unsupported') silence = error.message;
        outcomes.set(step.id, failed(step, reasonOf(error), error.message));
      }
  };
  for (const rank of [...new Set(steps.map(rankOf))].sort((a, b) => a - b)) {
    await prove();
    await eachOf(
      steps.filter((step) => rankOf(step) === rank),
      act,
    );
  }
  return steps.flatMap(({ id }) => outcomes.get(id) ?? []);
}

const rankOf = (step: SchemaStep) => ('rank' in step ? step.rank : 0);

/** The step that makes what this one refers to, where it was not done. */
function blocker(step: SchemaStep, steps: readonly SchemaStep[], outcomes: ReadonlyMap<string, StepOutcome>): string | undefined {
  if (step.kind !== 'register-schema') return undefined;
  const awaited = step.references.filter(({ version }) => version === undefined).map(({ subject }) => subject);
  const missing = awaited.find((subject) => {
    const made = steps.find((other) => other.kind === 'register-schema' && other.subject === subject);
    return made === undefined || outcomes.get(made.id)?.status !== 'done';
  });
  return missing === undefined ? undefined : `register-schema ${missing}`;
}

async function performOne(
  step: SchemaStep,
  registry: SchemaRegistry,
  versions: Map<string, number>,
  withinMs: number,
): Promise<StepOutcome> {
  switch (step.kind) {
    case 'set-compatibility': {
      await persistently(() => registry.setCompatibility(step.level, step.subject));
      return verified(step, async () => (await registry.compatibility(step.subject)) === step.level, withinMs);
    }
    case 'delete-subject': {
      await persistently(() => registry.remove(step.subject));
      return verified(step, async () => !(await registry.subjects()).includes(step.subject), withinMs);
    }
    case 'register-schema': {
      const known = new Map(
        step.references.flatMap(({ subject, version }) => (version === undefined ? [] : [[subject, version] as const])),
      );
      const schema = withVersions(step, (subject) => known.get(subject) ?? versions.get(subject));
      if (schema === undefined) return failed(step, 'invalid', 'what it refers to has no version');
      return register(step, schema, registry, versions, withinMs);
    }
  }
}

async function register(
  step: RegisterSchema,
  schema: NewSchema,
  registry: SchemaRegistry,
  versions: Map<string, number>,
  withinMs: number,
): Promise<StepOutcome> {
  const { subject, compatibility } = step;
  const no = step.again === undefined ? undefined : await withdrawn(step, schema, registry);
  if (no !== undefined) return no;
  const outcome: SchemaOutcome = await persistently(() => registry.register(subject, schema));
  if (!outcome.done) return failed(step, 'invalid', refusalText(outcome, step.again === undefined ? 'no version was added' : withdrawal));
  if (compatibility !== undefined) await persistently(() => registry.setCompatibility(compatibility, subject));
  const look = async () => {
    const found = await registry.find(subject, schema);
    if (found !== undefined) versions.set(subject, found.version);
    if (step.again !== undefined && (await registry.versionNumbers(subject)).at(-1) !== found?.version) return false;
    return found !== undefined && (compatibility === undefined || (await registry.compatibility(subject)) === compatibility);
  };
  return verified(step, look, withinMs);
}

const withdrawal = 'its old version was removed, and what was written with that can still be read';

function refusalText({ reason, message }: Extract<SchemaOutcome, { done: false }>, so: string): string {
  const remedy = reason === 'incompatible' ? '; change the schema so that it fits, or make another subject and move to it' : '';
  return `the registry refuses it as ${reason}: ${message}; ${so}${remedy}`;
}

/** Takes the old version away, so that the same schema can be the latest. Nothing is removed that the registry would not take again. */
async function withdrawn(step: RegisterSchema, schema: NewSchema, registry: SchemaRegistry): Promise<StepOutcome | undefined> {
  const { subject } = step;
  const known = await persistently(() => registry.find(subject, schema));
  if (known === undefined) return undefined;
  const fits = await persistently(() => registry.check(subject, schema));
  if (!fits.done) return failed(step, 'invalid', refusalText(fits, 'nothing was changed'));
  const removed = await persistently(() => registry.removeVersion(subject, known.version));
  return removed.done ? undefined : failed(step, 'invalid', `the registry keeps version ${known.version}: ${removed.message}`);
}

async function verified(step: SchemaStep, look: () => Promise<boolean>, withinMs: number): Promise<StepOutcome> {
  if (await shows(() => persistently(look), withinMs)) return done(step);
  return failed(step, 'not-shown', 'the schema registry accepted it, and does not show it; look again with kafkon plan');
}
