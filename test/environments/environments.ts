import { environmentLoader, type LoadedEnvironment, nodeFileSystem } from '../../lib/environment';
import type { Environment } from '../../lib/model';

/** The repository's own environments, read as the command line reads them. */
const loader = environmentLoader(nodeFileSystem(process.cwd()));

/** Every environment that is not abstract, by id. */
export function concreteIds(): readonly string[] {
  return loader
    .discover()
    .environments.filter(({ abstract }) => !abstract)
    .map(({ id }) => id);
}

/** Every environment file, abstract ones too. */
export function environmentFiles(): readonly string[] {
  return loader.discover().environments.map(({ file }) => file);
}

export function loaded(id: string): LoadedEnvironment {
  return loader.load(id);
}

/** A complete environment; fails the test with its problems where it is none. */
export function environmentOf(id: string): Environment {
  const { environment, problems } = loader.load(id);
  if (environment === undefined) throw new Error(`${id}: ${problems.map(({ message }) => message).join('\n')}`);
  return environment;
}
