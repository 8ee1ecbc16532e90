import type { ClusterDeclaration } from '../model';
import type { ZookeeperEnsemble } from './zookeeper-ensemble';

/** Properties of `KafkaCluster`. The pool named `brokers` has pods named `kafka-<id>`, any other one `kafka-<pool>-<id>`. */
export type KafkaClusterProps = ClusterDeclaration<ZookeeperEnsemble>;
