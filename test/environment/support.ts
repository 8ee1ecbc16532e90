import { environmentLoader, type LoadedEnvironment, memoryFileSystem, type Parse } from '../../lib/environment';

/** A parse that accepts everything, so that a test sees the merged value itself. */
export const anything: Parse<unknown> = (value) => ({ environment: value, problems: [] });

/** Loads `environments/<id>.yaml` from files given without that directory and extension. */
export function loadFrom(files: Readonly<Record<string, string>>, id: string, parse = anything): LoadedEnvironment<unknown> {
  const named = Object.entries(files).map(([name, text]) => [
    /\.\w+$/.test(name) ? `environments/${name}` : `environments/${name}.yaml`,
    text,
  ]);
  return environmentLoader(memoryFileSystem(Object.fromEntries(named)), { parse }).load(id);
}

/** The problems of one file, as `line:column code`. */
export function faults(text: string, parse = anything): string[] {
  return loadFrom({ e: text }, 'e', parse).problems.map(
    ({ position, code }) => `${position?.line}:${position?.column} ${code.replace('environment/', '')}`,
  );
}
