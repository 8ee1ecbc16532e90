import type { Construct } from 'constructs';
import type { ClusterAddition } from '../model';

/** A cluster that other constructs add to: the `KafkaCluster` of any platform. */
export interface GrowingCluster {
  /** Adds to what the cluster shall have. What is wrong with it is reported with the path of `owner`. */
  add(owner: Construct, addition: ClusterAddition): void;
}
