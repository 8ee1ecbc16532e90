import type { ApplyOptions, KubernetesObject, ObjectKind, Scale } from './kubernetes-cluster';

/** `StatefulSet.v1.apps`: a kind as kubectl takes one, the group's dot there even without a group. */
export function kindWord({ apiVersion, kind }: ObjectKind): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return `${kind}.${version}.${group}`;
}

/** The words that list several kinds at once. */
export function listWords(
  namespace: string | undefined,
  kinds: readonly ObjectKind[],
  labels: Readonly<Record<string, string>>,
): readonly string[] {
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    'get',
    kinds.map(kindWord).join(','),
    namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`,
    ...(selector.length === 0 ? [] : [`--selector=${selector.join(',')}`]),
  ];
}

/** The words that apply what stands on the standard input. */
export function applyWords({ takeOver, dryRun }: ApplyOptions): readonly string[] {
  return [
    'apply',
    '--server-side',
    '--field-manager=kafkon',
    ...(takeOver ? ['--force-conflicts'] : []),
    ...(dryRun ? ['--dry-run=server'] : []),
    '-f',
    '-',
    '-o',
    'name',
  ];
}

/** `statefulset.apps/kafka`: how kubectl names an object it has applied. */
export function nameWord({ apiVersion, kind, metadata: { name } }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${kind.toLowerCase()}${group}/${name}`;
}

/** A line for each Secret: its name and its keys. The values stay where they are. */
export const secretKeysTemplate = '{{range .items}}{{.metadata.name}}{{range $key, $value := .data}} {{$key}}{{end}}{{"\\n"}}{{end}}';

/** The merge patch of a new number of pods. */
export function scalePatch({ replicas, annotations }: Scale): string {
  return JSON.stringify({ metadata: { annotations }, spec: { replicas } });
}

/** The JSON patch that takes one thing that `manager` owns of an object from it; undefined where it owns nothing. */
export function disowned({ metadata }: KubernetesObject, manager: string): string | undefined {
  const { managedFields = [] } = metadata as { managedFields?: readonly { readonly manager?: string }[] };
  const index = managedFields.findIndex((each) => each.manager === manager);
  if (index < 0) return undefined;
  const path = `/metadata/managedFields/${index}`;
  // Somebody else may write at the same time, and then it is another one's that stands there.
  return JSON.stringify([
    { op: 'test', path: `${path}/manager`, value: manager },
    { op: 'remove', path },
  ]);
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

/** What the metrics server says of pods, as bytes by the pod's name. */
export function bytesByPod(text: string): ReadonlyMap<string, number> {
  type Metrics = { items: { metadata: { name: string }; containers: { usage: { memory: string } }[] }[] };
  const { items } = JSON.parse(text) as Metrics;
  return new Map(
    items.map(({ metadata: { name }, containers }) => [name, containers.reduce((sum, { usage }) => sum + bytesOf(usage.memory), 0)]),
  );
}

function bytesOf(quantity: string): number {
  const [, number = '0', unit = ''] = /^(\d+)(\w*)$/.exec(quantity) ?? [];
  return Number(number) * (units[unit] ?? 1);
}
