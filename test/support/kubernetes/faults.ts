import type { CommandResult } from '../api-server/command';
import { waitFor } from '../kafka/wait-for';
import type { Namespace } from './namespace';
import type { Pod } from './objects';

/** Kills a pod without a warning, and waits until the one that takes its place is there. */
export async function kill(namespace: Namespace, pod: string): Promise<void> {
  const { metadata } = await namespace.get<Pod>('pod', pod);
  await namespace.kubectl(['delete', 'pod', pod, '--grace-period=0', '--force']);
  await waitFor(`a new ${pod}`, async () => (await namespace.get<Pod>('pod', pod)).metadata.uid !== metadata.uid, { everyMs: 500 });
}

/** Asks for the eviction of a pod, as a drained machine does. */
export function evict(namespace: Namespace, pod: string): Promise<CommandResult> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: namespace.name } };
  const path = `/api/v1/namespaces/${namespace.name}/pods/${pod}/eviction`;
  return namespace.attempt(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
}
