import type { ConfigMap } from './config-map';
import type { Disk } from './disk';
import type { EnvironmentSpec } from './environment-spec';
import type { Image } from './image';
import type { KafkaVersion } from './kafka-version';
import type { Listener } from './listener';
import type { KraftMetadata, ZookeeperMetadata } from './metadata';
import type { NodePool } from './node-pool';
import type { Resources } from './resources';
import type { Topic } from './topic';

/** A pool with all its values. */
export type ResolvedPool = Omit<NodePool, 'heap'> & Resources;

/** One Kafka process. */
export interface KafkaNode extends Resources {
  /** Kafka's `node.id` (and `broker.id` with ZooKeeper). */
  readonly id: number;
  readonly pool: string;
  readonly broker: boolean;
  readonly controller: boolean;
  readonly zone?: string | undefined;
  readonly disks: readonly Disk[];
  /** Broker settings: the cluster's with the pool's laid over them. */
  readonly config: ConfigMap;
}

/** One ZooKeeper process. */
export interface ZookeeperNode extends Resources {
  /** `myid` */
  readonly id: number;
  readonly zone?: string | undefined;
  readonly disks: readonly Disk[];
}

/** ZooKeeper, resolved. */
export interface ResolvedZookeeper extends Omit<ZookeeperMetadata, 'image'> {
  readonly image: Image;
  /** By ascending id. */
  readonly nodes: readonly ZookeeperNode[];
}

/**
 * An environment, complete: every default filled in, every list in a fixed order. Made by `parseEnvironment` alone, so whoever holds
 * one need not check it again.
 */
export interface Environment
  extends Omit<EnvironmentSpec, 'kafka' | 'metadata' | 'nodePools' | 'topics' | 'listeners' | 'interBrokerListener'> {
  readonly kafka: {
    readonly version: KafkaVersion;
    readonly image: Image;
    readonly config: ConfigMap;
    readonly jvmOptions: readonly string[];
  };
  readonly metadata: ResolvedZookeeper | KraftMetadata;
  /** As declared. */
  readonly pools: readonly ResolvedPool[];
  /** By ascending id. */
  readonly nodes: readonly KafkaNode[];
  /** As declared, followed by the REPLICATION listener where one was added. */
  readonly listeners: readonly Listener[];
  /** The name of the listener among brokers. */
  readonly interBrokerListener: string;
  /** By name. */
  readonly topics: readonly Topic[];
}

/** The nodes that hold data. */
export function brokersOf(environment: Environment): readonly KafkaNode[] {
  return environment.nodes.filter((node) => node.broker);
}

/** The nodes of the metadata quorum: none with ZooKeeper. */
export function controllersOf(environment: Environment): readonly KafkaNode[] {
  return environment.nodes.filter((node) => node.controller);
}

/** Whether any part of the cluster speaks TLS, so that certificates are needed. */
export function usesTls(environment: Environment): boolean {
  return environment.listeners.some((listener) => listener.security !== 'plaintext') || environment.metadata.security === 'mtls';
}

/** The listener that the programs beside the cluster use: the first internal one. */
export function companionListener(environment: Environment): Listener | undefined {
  return environment.listeners.find((listener) => listener.scope === 'internal' && listener.name !== replicationListenerName);
}

/** The name of the listener that is added for the brokers of a secured cluster. */
export const replicationListenerName = 'REPLICATION';
export const replicationListenerPort = 9091;
