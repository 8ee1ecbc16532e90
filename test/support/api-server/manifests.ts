import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as far as the checks look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The objects of a YAML stream, empty documents left out. Doubled keys are let through: finding them is kubeconform's work. */
export function manifests(yaml: string): readonly Manifest[] {
  const documents = parseAllDocuments(yaml, { uniqueKeys: false });
  return [...documents].map((document) => document.toJS() as Manifest | null).filter((each): each is Manifest => each !== null);
}

/** Every namespace that the objects live in or declare, sorted. */
export function namespaces(objects: readonly Manifest[]): readonly string[] {
  const named = objects.flatMap(({ kind, metadata }) => [metadata.namespace ?? [], kind === 'Namespace' ? metadata.name : []].flat());
  return [...new Set(named)].sort();
}
