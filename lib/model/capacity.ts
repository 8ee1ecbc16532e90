import { brokersOf, type Environment } from './environment';
import type { Topic } from './topic';
import { cleanupPolicy, retentionBytes, retentionMs, segmentBytes, segmentMs } from './topic-settings';

/** What stays free: 25% over what the topics keep, for growth, for reassignments and for the time until somebody acts. */
export const capacityHeadroom = 0.25;

/** What one topic keeps on all disks together. */
export interface TopicCapacity {
  readonly topic: string;
  /** bytes of all replicas, without headroom; Infinity when nothing is ever deleted */
  readonly bytes: number;
}

/** What the topics with a declared load need, and what there is. */
export interface Capacity {
  /** By name; topics without a load, and compacted ones, whose size the rate does not tell, are left out. */
  readonly topics: readonly TopicCapacity[];
  /** bytes of all replicas that have an end */
  readonly stored: number;
  /** `stored` with headroom, bytes */
  readonly required: number;
  /** bytes of all data disks of brokers */
  readonly available: number;
  /** The broker with the least disk: with replicas spread evenly it fills up first. */
  readonly smallest?: { readonly node: number; readonly pool: string; readonly available: number; readonly required: number };
}

/**
 * Compares what topics keep with the disks.
 *
 *     rate     = load.messagesPerSecond × load.messageBytes
 *     kept     = rate × retention.ms, at most retention.bytes × partitions
 *     slack    = per partition the segment being written: rate of the partition × segment.ms, at most segment.bytes
 *     stored   = Σ (kept + slack × partitions) × replicationFactor
 *     required = stored × 1.25
 */
export function capacityOf(environment: Environment): Capacity {
  const topics = environment.topics.flatMap((topic) => {
    const bytes = storedBytes(environment, topic);
    return bytes === undefined ? [] : [{ topic: topic.name, bytes }];
  });
  const stored = topics.reduce((sum, { bytes }) => (Number.isFinite(bytes) ? sum + bytes : sum), 0);
  const required = stored * (1 + capacityHeadroom);
  const brokers = brokersOf(environment).map((node) => ({ node: node.id, pool: node.pool, available: dataBytes(node.disks) }));
  const available = brokers.reduce((sum, broker) => sum + broker.available, 0);
  const [smallest] = [...brokers].sort((a, b) => a.available - b.available);
  const result = { topics, stored, required, available };
  return smallest === undefined ? result : { ...result, smallest: { ...smallest, required: required / brokers.length } };
}

function storedBytes(environment: Environment, topic: Topic): number | undefined {
  if (topic.load === undefined || !cleanupPolicy(environment, topic).has('delete')) return undefined;
  const rate = topic.load.messagesPerSecond * topic.load.messageBytes;
  const time = retentionMs(environment, topic);
  const size = retentionBytes(environment, topic);
  const byTime = time === undefined ? Number.POSITIVE_INFINITY : (rate * time) / 1000;
  const bySize = size === undefined ? Number.POSITIVE_INFINITY : size * topic.partitions;
  const slack = Math.min(segmentBytes(environment, topic) * topic.partitions, (rate * segmentMs(environment, topic)) / 1000);
  return (Math.min(byTime, bySize) + slack) * topic.replicationFactor;
}

function dataBytes(disks: readonly { readonly purpose: string; readonly size: number }[]): number {
  return disks.reduce((sum, disk) => (disk.purpose === 'data' ? sum + disk.size : sum), 0);
}
