import type { ContainerState, Engine } from './engine';
import type { Stack } from './stack';

/** The containers of a stack as they are, by name; those that are not there are left out. */
export async function statesOf(engine: Engine, { containers }: Stack): Promise<ReadonlyMap<string, ContainerState>> {
  const found = await Promise.all(containers.map(({ name }) => engine.container(name)));
  return new Map(found.flatMap((state) => (state === undefined ? [] : [[state.name, state] as const])));
}
