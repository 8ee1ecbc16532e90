import type { StackContainer } from './stack';

/** What stands on what: ZooKeeper below the controllers, those below the brokers, and every other program on top. */
const layers: readonly ((container: StackContainer) => boolean)[] = [
  ({ component }) => component === 'zookeeper',
  ({ component, roles }) => component === 'kafka' && !roles.includes('broker'),
  ({ component }) => component === 'kafka',
  () => true,
];

function layerOf(container: StackContainer): number {
  return layers.findIndex((belongs) => belongs(container));
}

function byNode(a: StackContainer, b: StackContainer): number {
  return layerOf(a) - layerOf(b) || (a.node ?? 0) - (b.node ?? 0) || (a.service < b.service ? -1 : 1);
}

/** The order in which containers start: from the bottom up. */
export function startOrder(containers: readonly StackContainer[]): readonly StackContainer[] {
  return [...containers].sort(byNode);
}

/**
 * The order in which containers stop: from the top down, one after the other, and of the brokers and controllers the active controller
 * last, since each loss of a controller costs an election. `controller` is its id, undefined where nobody knows.
 */
export function stopOrder(containers: readonly StackContainer[], controller: number | undefined): readonly StackContainer[] {
  const last = (container: StackContainer) => Number(container.component === 'kafka' && container.node === controller);
  return [...containers].sort((a, b) => layerOf(b) - layerOf(a) || last(a) - last(b) || byNode(a, b));
}
