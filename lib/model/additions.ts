import { sameProblem } from './composition';
import type { Environment } from './environment';
import { type EnvironmentInput, environmentSpec } from './environment-spec';
import type { Problem } from './problem';
import { resolveTopics } from './resolve';
import { checkEnvironment } from './rules';
import type { Platform } from './rules/rule';

const additionSpec = environmentSpec.pick({
  topics: true,
  protectedTopics: true,
  schemas: true,
  connectors: true,
  serviceAccounts: true,
  userGroups: true,
  topicAccess: true,
  access: true,
  quotas: true,
});

/** What other constructs may add to a cluster: what lives in Kafka, and nothing that brokers start from. */
export type ClusterAddition = Partial<
  Pick<
    EnvironmentInput,
    'topics' | 'protectedTopics' | 'schemas' | 'connectors' | 'serviceAccounts' | 'userGroups' | 'topicAccess' | 'access' | 'quotas'
  >
>;

/** Whoever adds something: a construct, known by its path. */
export interface AdditionOwner {
  readonly node: { readonly path: string };
}

interface OwnedAddition<Owner> {
  readonly owner: Owner;
  readonly slice: ClusterAddition;
}

/** A problem and the construct that caused it; none: the cluster itself. */
interface OwnedProblem<Owner> {
  readonly owner: Owner | undefined;
  readonly problem: Problem;
}

const maps = ['schemas', 'connectors', 'serviceAccounts', 'userGroups', 'topicAccess'] as const;
const lists = ['access', 'quotas', 'protectedTopics'] as const;

type ParsedAddition = ReturnType<typeof additionSpec.parse>;
interface Parsed<Owner> {
  readonly owner: Owner;
  readonly slice: ParsedAddition;
}

/** An environment with everything that was added to it, and what is wrong with that. */
interface Extended<Owner> {
  readonly environment: Environment;
  /** What adding did; problems the environment had before are not repeated. */
  readonly problems: () => readonly OwnedProblem<Owner>[];
}

/** An environment that grows while other constructs add to its cluster. */
export class GrowingEnvironment<Owner extends AdditionOwner> {
  readonly #additions: OwnedAddition<Owner>[] = [];
  #extended: Extended<Owner> | undefined;

  constructor(
    private readonly base: Environment,
    private readonly platform: Platform,
  ) {}

  /** The environment with what has been added so far. */
  get environment(): Environment {
    return this.#current().environment;
  }

  /** Adds what lives in Kafka. What is wrong with it is among the problems of `owner`. */
  add(owner: Owner, slice: ClusterAddition): void {
    this.#additions.push({ owner, slice });
    this.#extended = undefined;
  }

  /** What the additions of one construct did wrong; of none: what nobody can be blamed for. */
  problemsOf(owner: Owner | undefined): readonly Problem[] {
    return this.#current()
      .problems()
      .filter((found) => found.owner === owner)
      .map(({ problem }) => problem);
  }

  #current(): Extended<Owner> {
    this.#extended ??= extend(this.base, this.#additions, this.platform);
    return this.#extended;
  }
}

/** Lays additions over an environment, in the order in which they were made. */
function extend<Owner extends AdditionOwner>(
  base: Environment,
  additions: readonly OwnedAddition<Owner>[],
  platform: Platform,
): Extended<Owner> {
  const parsed: Parsed<Owner>[] = [];
  const found: OwnedProblem<Owner>[] = [];
  for (const { owner, slice } of additions) {
    const result = additionSpec.safeParse(slice);
    if (result.success) parsed.push({ owner, slice: result.data });
    else found.push(...result.error.issues.map((issue) => ({ owner, problem: schemaProblem(issue) })));
  }
  found.push(...duplicates(base, parsed));
  const environment = merge(base, parsed);
  return { environment, problems: () => [...found, ...newProblems(base, environment, parsed, platform)] };
}

function schemaProblem({ code, path, message }: { code: string; path: PropertyKey[]; message: string }): Problem {
  const steps = path.map((step) => (typeof step === 'number' ? step : String(step)));
  return { code: `schema/${code}`, severity: 'error', path: steps, message };
}

function merge(base: Environment, parsed: readonly Parsed<unknown>[]): Environment {
  const slices = parsed.map(({ slice }) => slice);
  const protectedTopics = [...base.protectedTopics, ...slices.flatMap((slice) => slice.protectedTopics)];
  const declared = Object.fromEntries(base.topics.map(({ name, protected: _, ...topic }) => [name, topic]));
  const topics = Object.assign(declared, ...slices.map((slice) => slice.topics));
  return {
    ...base,
    protectedTopics,
    topics: resolveTopics({ topics, protectedTopics }),
    schemas: Object.assign({}, base.schemas, ...slices.map((slice) => slice.schemas)),
    connectors: Object.assign({}, base.connectors, ...slices.map((slice) => slice.connectors)),
    serviceAccounts: Object.assign({}, base.serviceAccounts, ...slices.map((slice) => slice.serviceAccounts)),
    userGroups: Object.assign({}, base.userGroups, ...slices.map((slice) => slice.userGroups)),
    topicAccess: Object.assign({}, base.topicAccess, ...slices.map((slice) => slice.topicAccess)),
    access: [...base.access, ...slices.flatMap((slice) => slice.access)],
    quotas: [...base.quotas, ...slices.flatMap((slice) => slice.quotas)],
  };
}

/** Two declarations of one name would silently be one. */
function duplicates<Owner extends AdditionOwner>(base: Environment, parsed: readonly Parsed<Owner>[]): OwnedProblem<Owner>[] {
  const first = new Map<string, string>();
  const note = (field: string, name: string, where: string) => first.set(`${field} ${name}`, where);
  for (const { name } of base.topics) note('topics', name, 'the cluster');
  for (const field of maps) for (const name of Object.keys(base[field])) note(field, name, 'the cluster');
  const found: OwnedProblem<Owner>[] = [];
  for (const { owner, slice } of parsed) {
    for (const field of ['topics', ...maps] as const) {
      for (const name of Object.keys(slice[field])) {
        const where = first.get(`${field} ${name}`);
        if (where === undefined) note(field, name, owner.node.path);
        else found.push({ owner, problem: duplicate(field, name, where) });
      }
    }
  }
  return found;
}

function duplicate(field: string, name: string, where: string): Problem {
  const message = `is declared by ${where} already; declare it once`;
  return { code: 'construct/declared-twice', severity: 'error', path: [field, name], message };
}

function newProblems<Owner>(
  base: Environment,
  environment: Environment,
  parsed: readonly Parsed<Owner>[],
  platform: Platform,
): OwnedProblem<Owner>[] {
  const options = { platforms: [platform] };
  const before = checkEnvironment(base, options);
  const waived = new Set(base.waivers.map(({ rule }) => rule));
  return checkEnvironment(environment, options)
    .filter((problem) => !waived.has(problem.code) && !before.some((other) => sameProblem(other, problem)))
    .map((problem) => attribute(base, parsed, problem));
}

/** Finds who declared what a problem points to; an index in a list counts from the owner's own part of it. */
function attribute<Owner>(base: Environment, parsed: readonly Parsed<Owner>[], problem: Problem): OwnedProblem<Owner> {
  const [field, key, ...rest] = problem.path;
  if (typeof key === 'string') {
    const declaring = parsed.find(({ slice }) =>
      ['topics', ...maps].some((map) => map === field && Object.hasOwn(slice[map as 'topics'], key)),
    );
    return { owner: declaring?.owner, problem };
  }
  const list = lists.find((candidate) => candidate === field);
  if (list === undefined || key === undefined) return { owner: undefined, problem };
  let start = base[list].length;
  for (const { owner, slice } of parsed) {
    const end = start + slice[list].length;
    if (key >= start && key < end) return { owner, problem: { ...problem, path: [list, key - start, ...rest] } };
    start = end;
  }
  return { owner: undefined, problem };
}
