import type { Ports } from './ports';
import type { Survey } from './preflight';
import { type Stack, servicesOf } from './stack';
import { statesOf } from './states';

/** Looks at everything that the checks before `up` ask for; it changes nothing. */
export async function survey({ engine, host }: Ports, stack: Stack, dataDirectory: string | undefined): Promise<Survey> {
  const info = await engine.info();
  const present = await statesOf(engine, stack);
  const running = new Set([...present.values()].flatMap(({ state, ports }) => (state === 'running' ? ports.map((port) => port.host) : [])));
  const wanted = servicesOf(stack).flatMap(({ ports }) => ports.map(({ external }) => external));
  const taken = new Set<number>();
  // Another machine's ports cannot be looked at from here; its engine will say so.
  for (const port of info.local ? wanted.filter((each) => !running.has(each)) : []) if (!(await host.portIsFree(port))) taken.add(port);
  const missingImages = new Map<string, string | undefined>();
  for (const image of stack.images) if (!(await engine.hasImage(image))) missingImages.set(image, await engine.whyNotPullable(image));
  const files = [...new Set(stack.containers.flatMap(({ secretFiles }) => secretFiles))];
  return {
    engine: info,
    present,
    taken,
    freeBytes: info.local ? host.freeBytes(dataDirectory ?? info.rootDirectory) : undefined,
    missingImages,
    missingFiles: files.filter((file) => !host.fileExists(file)).sort(),
  };
}
