import type { Environment, KafkaNode, ResolvedPool, ResolvedZookeeper } from './environment';
import { replicationListenerName, replicationListenerPort } from './environment';
import type { EnvironmentSpec } from './environment-spec';
import { type Image, resolveImage } from './image';
import { type KafkaVersion, kafkaVersion } from './kafka-version';
import type { Listener } from './listener';
import type { ZookeeperMetadata } from './metadata';
import { namePattern } from './name-pattern';
import type { Topic } from './topic';

const GiB = 2 ** 30;
/** From 32 GiB on the JVM stores object references in 8 bytes instead of 4. */
const heapCeiling = 31 * GiB;
const MiB = 2 ** 20;

function defaultHeap(memory: number, share: number): number {
  return Math.min(Math.floor((memory * share) / MiB) * MiB, heapCeiling);
}

const repositories = {
  apache: { kafka: 'apache/kafka', zookeeper: 'apache/kafka' },
  confluent: { kafka: 'confluentinc/cp-kafka', zookeeper: 'confluentinc/cp-zookeeper' },
} as const;

function resolveZookeeper(metadata: ZookeeperMetadata, version: KafkaVersion, kafkaImage: Image): ResolvedZookeeper {
  const { ensemble } = metadata;
  const heap = ensemble.heap ?? defaultHeap(ensemble.memory, 0.75);
  // Apache's image has ZooKeeper's programs in it, so one image serves both; Confluent's are two.
  const image =
    version.distribution === 'apache' && metadata.image === undefined
      ? kafkaImage
      : resolveImage({ repository: repositories[version.distribution].zookeeper, tag: version.release }, metadata.image);
  return {
    ...metadata,
    image,
    nodes: [...ensemble.ids]
      .sort((a, b) => a - b)
      .map((id) => ({ id, zone: ensemble.zones[String(id)], heap, memory: ensemble.memory, cpu: ensemble.cpu, disks: ensemble.disks })),
  };
}

function resolveListeners(spec: EnvironmentSpec): { listeners: Listener[]; interBrokerListener: string } {
  const first = spec.listeners.find((listener) => listener.scope === 'internal');
  if (spec.interBrokerListener !== undefined) return { listeners: spec.listeners, interBrokerListener: spec.interBrokerListener };
  if (first?.security === 'plaintext') return { listeners: spec.listeners, interBrokerListener: first.name };
  const replication: Listener = {
    name: replicationListenerName,
    port: replicationListenerPort,
    security: 'mtls',
    scope: 'internal',
    allowFrom: [],
  };
  return { listeners: [...spec.listeners, replication], interBrokerListener: replicationListenerName };
}

function resolveNodes(spec: EnvironmentSpec, pools: readonly ResolvedPool[]): KafkaNode[] {
  return pools
    .flatMap((pool) =>
      pool.ids.map((id) => ({
        id,
        pool: pool.name,
        broker: pool.roles.includes('broker'),
        controller: pool.roles.includes('controller'),
        zone: pool.zone,
        heap: pool.heap,
        memory: pool.memory,
        cpu: pool.cpu,
        disks: pool.disks,
        config: { ...spec.kafka.config, ...pool.config },
      })),
    )
    .sort((a, b) => a.id - b.id);
}

/** Topics by name, each with whether it is protected. */
export function resolveTopics(spec: Pick<EnvironmentSpec, 'topics' | 'protectedTopics'>): Topic[] {
  const isProtected = spec.protectedTopics.map(namePattern);
  return Object.entries(spec.topics)
    .map(([name, topic]) => ({ ...topic, name, protected: isProtected.some((matches) => matches(name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Fills in everything that follows from what was said. Pure, and total: a value that a rule will refuse is carried along, so that
 * all problems can be found in one pass.
 */
export function resolveEnvironment(spec: EnvironmentSpec): Environment {
  const { nodePools, kafka, ...rest } = spec;
  const version = kafkaVersion(kafka.distribution, kafka.version) ?? {
    distribution: kafka.distribution,
    release: kafka.version,
    // A Confluent release that is not in the table is a rule's problem; the newest line keeps the other rules going.
    line: '3.9',
  };
  const image = resolveImage({ repository: repositories[kafka.distribution].kafka, tag: kafka.version }, kafka.image);
  const pools = nodePools.map((pool) => ({ ...pool, heap: pool.heap ?? defaultHeap(pool.memory, 0.5) }));
  return {
    ...rest,
    kafka: { version, image, config: kafka.config, jvmOptions: kafka.jvmOptions },
    metadata: spec.metadata.mode === 'zookeeper' ? resolveZookeeper(spec.metadata, version, image) : spec.metadata,
    pools,
    nodes: resolveNodes(spec, pools),
    ...resolveListeners(spec),
    topics: resolveTopics(spec),
  };
}
