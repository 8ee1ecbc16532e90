import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from './command';
import { command } from './command';

/** The folder of strict JSON Schemas that kubeconform reads, from `KUBECONFORM_SCHEMAS`. Fails when it is not set. */
export function schemas(): string {
  const folder = process.env.KUBECONFORM_SCHEMAS ?? '';
  if (folder === '') throw new Error('KUBECONFORM_SCHEMAS is not set; it names a folder of schemas: GROUP/KIND_VERSION.json');
  return folder;
}

/** Objects that kubeconform finds fault with, one line each: `kind name: message`. Unknown kinds are faults too. */
export async function kubeconform(yaml: string): Promise<readonly string[]> {
  const file = (group: string) => join(schemas(), group, '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json');
  const locations = ['{{.Group}}', '{{.ResourceAPIVersion}}'].flatMap((group) => ['-schema-location', file(group)]);
  const result = await command('kubeconform', ['-strict', '-output', 'json', ...locations, '-'], yaml);
  const answer = parsed(result) as { resources?: readonly { kind: string; name: string; msg: string }[] };
  return (answer.resources ?? []).map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`);
}

/** One complaint of kube-score about one object. */
export interface Score {
  /** `Kind/namespace/name`, the namespace empty when there is none. */
  readonly object: string;
  /** The check's stable id: `container-image-tag`. */
  readonly check: string;
  readonly severity: 'critical' | 'warning';
  readonly comments: readonly string[];
}

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly ScoredCheck[];
}

interface ScoredCheck {
  readonly check: { readonly id: string };
  readonly grade: number;
  readonly skipped: boolean;
  readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
}

// kube-score's grades: 1 critical, 5 warning, 7 almost right, 10 right.
const CRITICAL = 1;
const WARNING = 5;

/** What kube-score complains about, optional checks left out. */
export async function kubeScore(yaml: string): Promise<readonly Score[]> {
  const result = await command('kube-score', ['score', '--output-format', 'json', '-'], yaml);
  const objects = (parsed(result) ?? []) as readonly ScoredObject[];
  return objects.flatMap(({ type_meta, object_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade <= WARNING)
      .map(({ check, grade, comments }) => ({
        object: `${type_meta.kind}/${object_meta.namespace ?? ''}/${object_meta.name}`,
        check: check.id,
        severity: grade <= CRITICAL ? 'critical' : 'warning',
        comments: (comments ?? []).map(({ path, summary }) => (path === '' ? summary : `${path}: ${summary}`)),
      })),
  );
}

/** Checks a Prometheus rule file (`groups:`, the `spec` of a PrometheusRule); exit code 0 when promtool finds no fault. */
export async function promtoolRules(rules: string): Promise<CommandResult> {
  const folder = await mkdtemp(join(tmpdir(), 'kafkon-rules-'));
  try {
    await writeFile(join(folder, 'rules.yaml'), rules);
    return await command('promtool', ['check', 'rules', join(folder, 'rules.yaml')]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parsed({ output, error }: CommandResult): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`no JSON but:\n${output}\n${error}`);
  }
}
