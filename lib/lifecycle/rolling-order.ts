import type { NodeMetrics } from './partition-state';
import type { StackContainer } from './stack';

/** A node of the cluster as it is now: a container, or what stands for one elsewhere. */
export interface ObservedNode<Container extends NodeIdentity = StackContainer> {
  readonly container: Container;
  readonly ready: boolean;
  /** Undefined where the node did not say. */
  readonly metrics: NodeMetrics | undefined;
}

/** Which node it is. */
export type NodeIdentity = Pick<StackContainer, 'service' | 'component' | 'node'>;

/** The order in which nodes restart: ZooKeeper, then Kafka; what is not ready first, the active controller last. */
export function rollingOrder<Node extends ObservedNode<NodeIdentity>>(nodes: readonly Node[]): readonly Node[] {
  const rank = ({ container, ready, metrics }: Node): readonly number[] => [
    container.component === 'zookeeper' ? 0 : 1,
    Number(metrics?.activeController === true),
    Number(ready),
    container.node ?? 0,
  ];
  return [...nodes].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const first = left.findIndex((value, index) => value !== right[index]);
    return first < 0 ? 0 : (left[first] ?? 0) - (right[first] ?? 0);
  });
}

/** Why a node may not restart now; undefined when it may. `passing` is whether it may be so by itself in a moment. */
export interface Obstacle {
  readonly reason: string;
  readonly passing: boolean;
}

/**
 * Whether a node may go: every other node of its kind serves, and every ZooKeeper server, and no partition would have fewer replicas in
 * sync than its topic asks for. A node that does not serve is in no set of replicas in sync, so restarting it takes nothing away.
 */
export function obstacle(target: ObservedNode<NodeIdentity>, nodes: readonly ObservedNode<NodeIdentity>[]): Obstacle | undefined {
  const { component, service } = target.container;
  // A broker that comes back has to tell ZooKeeper so.
  const needed = (other: NodeIdentity) => other.component === component || other.component === 'zookeeper';
  const others = nodes.filter(({ container }) => needed(container) && container.service !== service);
  const absent = others.filter(({ ready }) => !ready).map(({ container }) => container.service);
  if (absent.length > 0) return { reason: `${absent.join(', ')} not ready`, passing: true };
  if (component !== 'kafka' || !target.ready) return undefined;
  const brokers = nodes.filter(({ container }) => container.component === 'kafka');
  const silent = brokers.filter(({ metrics }) => metrics === undefined).map(({ container }) => container.service);
  if (silent.length > 0) return { reason: `${silent.join(', ')} tells nothing of its partitions`, passing: true };
  const sum = (read: (metrics: NodeMetrics) => number) =>
    brokers.reduce((total, { metrics }) => total + (metrics === undefined ? 0 : read(metrics)), 0);
  const behind = sum(({ underReplicated }) => underReplicated);
  if (behind > 0) return { reason: `${behind} partitions have replicas that are not in sync`, passing: true };
  const tight = sum(({ atMinIsr, underMinIsr }) => atMinIsr + underMinIsr);
  if (tight > 0)
    return { reason: `${tight} partitions have no more replicas than min.insync.replicas, so writing to them would stop`, passing: false };
  return undefined;
}
