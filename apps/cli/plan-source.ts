import type { Plan } from '../../lib/converge';
import { environmentLoader } from '../../lib/environment';
import type { Environment } from '../../lib/model';
import { type Context, UsageError } from './context';
import { oneEnvironment } from './one-environment';
import { isMap } from './section';

/** What is applied: an environment, and a plan where one was made before. */
export interface PlanSource {
  /** Absent for one that manifests carry. */
  readonly id?: string;
  readonly environment: Environment;
  readonly plan?: Plan;
}

/** Where it is said what to apply. */
export interface PlanSourceOptions {
  readonly environments: string;
  /** Files of a resolved environment as JSON, in parts. */
  readonly desired: readonly string[];
}

/** Reads what `kafkon apply` is given: an environment, a plan, or the parts of a resolved environment. */
export function planSource(context: Context, name: string | undefined, options: PlanSourceOptions): PlanSource | undefined {
  if (options.desired.length > 0) {
    if (name !== undefined) throw new UsageError('give an environment, a plan, or --desired; not several of them');
    return { environment: resolvedEnvironment(context, options.desired) };
  }
  if (name === undefined) throw new UsageError('name an environment or a plan, or give --desired');
  if (!name.endsWith('.json')) {
    return oneEnvironment(context, name, options);
  }
  const plan = parsed(context, name);
  if (!isMap(plan) || plan.format !== 'kafkon/plan@1' || typeof plan.environment !== 'string')
    throw new UsageError(`${name} is no plan; make one with kafkon plan --out`);
  return { ...environmentNamed(context, plan.environment, options), plan: plan as unknown as Plan };
}

function parsed(context: Context, path: string): unknown {
  const read = context.files.readFile(path);
  if (!('text' in read)) throw new UsageError(`${path}: ${read.reason}`);
  return json(path, read.text);
}

function json(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is no JSON`);
  }
}

/** As the manifests carry it: whoever wrote it has checked it. */
function resolvedEnvironment(context: Context, files: readonly string[]): Environment {
  const texts = files.map((path) => {
    const read = context.files.readFile(path);
    if (!('text' in read)) throw new UsageError(`${path}: ${read.reason}`);
    return read.text;
  });
  const value = json(files.join(', '), texts.join(''));
  if (!isMap(value) || typeof value.name !== 'string' || !Array.isArray(value.topics) || !Array.isArray(value.nodes))
    throw new UsageError(`${files.join(', ')} is no resolved environment`);
  return value as unknown as Environment;
}

/** A plan knows its environment by name; the file says how the cluster is reached. */
function environmentNamed(
  context: Context,
  name: string,
  { environments: directory }: PlanSourceOptions,
): Pick<PlanSource, 'id' | 'environment'> {
  const loader = environmentLoader(context.files, { directory });
  for (const { id, abstract } of loader.discover().environments) {
    if (abstract) continue;
    const { environment } = loader.load(id);
    if (environment?.name === name) return { id, environment };
  }
  throw new UsageError(`the plan is for the environment ${name}, and no file in ${directory} bears that name`);
}
