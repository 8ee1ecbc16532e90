import { stringify } from 'yaml';
import type { CommandResult } from './command';
import { command } from './command';
import { manifests, namespaces } from './manifests';

export type { CommandResult } from './command';
export { podTemplates } from './pod-templates';
export type { Score } from './static-checks';
export { kubeconform, kubeScore, promtoolRules, schemas } from './static-checks';

/** Runs kubectl against the server of `KUBECONFIG`. */
export function kubectl(args: readonly string[], stdin: string = ''): Promise<CommandResult> {
  return command('kubectl', args, stdin);
}

/** The answer to a dry run. */
export interface DryRun extends CommandResult {
  /** What the server lets pass but objects to, one line each: pod security, deprecated versions, unknown fields. */
  readonly warnings: readonly string[];
}

const SERVER_SIDE: readonly string[] = [
  'apply',
  '--server-side',
  '--force-conflicts',
  '--field-manager=kafkon-test',
  '--validate=strict',
  '-f',
  '-',
];

/**
 * Has the server check every object as if it were applied. The namespaces are created for real before, as the manifests declare
 * them, since nothing can be tried in a namespace that does not exist. `code` is 0 when the server takes everything.
 */
export async function serverDryRun(yaml: string): Promise<DryRun> {
  await createNamespaces(yaml);
  const result = await kubectl([...SERVER_SIDE, '--dry-run=server'], yaml);
  const warnings = result.error.split('\n').filter((line) => line.startsWith('Warning:'));
  return { ...result, warnings };
}

async function createNamespaces(yaml: string): Promise<void> {
  const objects = manifests(yaml);
  const declared = new Map(objects.filter(({ kind }) => kind === 'Namespace').map((each) => [each.metadata.name, each]));
  const wanted = namespaces(objects).map((name) => declared.get(name) ?? { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  if (wanted.length === 0) return;
  const { code, error } = await kubectl(SERVER_SIDE, wanted.map((each) => `---\n${stringify(each)}`).join(''));
  if (code !== 0) throw new Error(`cannot create the namespaces ${wanted.map(({ metadata }) => metadata.name).join(', ')}:\n${error}`);
}
