import { environmentLoader, type LoadedEnvironment } from '../../lib/environment';
import { type Platform, type Problem, parseEnvironment } from '../../lib/model';
import { type Context, UsageError } from './context';

/** The environments that a command is about, and what is wrong with the place they are in. */
export interface Selection {
  readonly loaded: readonly LoadedEnvironment[];
  /** All the others that are whole: a port may be theirs. Loaded only when asked for. */
  readonly others: () => readonly LoadedEnvironment[];
  readonly problems: readonly Problem[];
}

export interface SelectOptions {
  readonly directory: string;
  /** What an expired waiver comes to. @default 'refuse' */
  readonly expired?: 'refuse' | 'warn';
  /** What the environments must be fit for. @default the platforms they say anything about */
  readonly platforms?: readonly Platform[];
}

/**
 * Loads the environments named, each by id (`tda/production`), by file, or by folder (`tda`: all below it); with no name, all. Abstract
 * files are loaded only when named, since they are not whole.
 */
export function select(context: Context, names: readonly string[], { directory, expired = 'refuse', platforms }: SelectOptions): Selection {
  const parse = (value: unknown) => parseEnvironment(value, { now: context.now, expired, platforms });
  const loader = environmentLoader(context.files, { directory, parse });
  const found = once(() => loader.discover());
  const whole = () => found().environments.flatMap(({ id, abstract }) => (abstract ? [] : [id]));
  if (names.length === 0) {
    const { problems } = found();
    if (whole().length === 0 && problems.length === 0) {
      throw new UsageError(`no environment in ${directory}; make one with "kafkon init"`);
    }
    return { loaded: whole().map((id) => loader.load(id)), others: () => [], problems };
  }
  // A file that is named is read alone: what the others say costs time and is asked of few commands.
  const idsOf = (name: string) => (/\.ya?ml$/.test(name) || loader.isWhole(name) ? [name] : below(name, directory, whole()));
  const ids = new Set(names.map((name) => name.replace(/\/+$/, '')).flatMap(idsOf));
  const loaded = [...ids].map((id) => loader.load(id));
  const selected = new Set(loaded.map(({ id }) => id));
  return {
    loaded,
    others: () =>
      whole()
        .filter((id) => !selected.has(id))
        .map((id) => loader.load(id)),
    problems: [],
  };
}

/** The environments in a folder; the name itself where there are none, so that its absence is reported. */
function below(name: string, directory: string, whole: readonly string[]): readonly string[] {
  const folder = name === directory ? '' : `${name.startsWith(`${directory}/`) ? name.slice(directory.length + 1) : name}/`;
  const inside = whole.filter((id) => id.startsWith(folder));
  return inside.length === 0 ? [name] : inside;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
