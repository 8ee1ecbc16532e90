import type { EnvironmentInput } from '../model';
import type { ZookeeperEnsemble } from './zookeeper-ensemble';

/** Properties of `KafkaCluster`. */
export interface KafkaClusterProps {
  /** The name of the environment; at most 50 letters, digits and hyphens. */
  readonly name: EnvironmentInput['name'];
  /** @default - none */
  readonly description?: EnvironmentInput['description'];
  /** What the environment is for. */
  readonly kind: EnvironmentInput['kind'];
  /** Annotations of every object. @default {} */
  readonly tags?: EnvironmentInput['tags'];
  /** The id of the cluster: required for KRaft. @default - for ZooKeeper: pinned after the first start */
  readonly clusterId?: EnvironmentInput['clusterId'];
  /** Which Kafka runs, and the settings of its brokers. */
  readonly kafka: EnvironmentInput['kafka'];
  /** Where Kafka keeps its metadata: an ensemble in the same app, or its own controllers. */
  readonly metadata: ZookeeperEnsemble | Extract<EnvironmentInput['metadata'], { mode: 'kraft' }>;
  /** The Kafka nodes. The pool named `brokers` has pods named `kafka-<id>`, any other one `kafka-<pool>-<id>`. */
  readonly nodePools: EnvironmentInput['nodePools'];
  /** The doors for clients. */
  readonly listeners: EnvironmentInput['listeners'];
  /** @default - the first internal listener where it is plaintext, else REPLICATION with mutual TLS on port 9091 */
  readonly interBrokerListener?: EnvironmentInput['interBrokerListener'];
  /** @default 'none' */
  readonly authorization?: EnvironmentInput['authorization'];
  /** Accounts to whom no ACL applies. @default [] */
  readonly superUsers?: EnvironmentInput['superUsers'];
  /** What the environment demands of itself. @default {} */
  readonly security?: EnvironmentInput['security'];
  /** Who logs in; an `AclPolicy` can add more. @default {} */
  readonly serviceAccounts?: EnvironmentInput['serviceAccounts'];
  /** @default {} */
  readonly userGroups?: EnvironmentInput['userGroups'];
  /** @default - enabled */
  readonly monitoring?: EnvironmentInput['monitoring'];
  /** The programs beside the cluster that the constructs for them run. @default {} */
  readonly companions?: EnvironmentInput['companions'];
  /** How far the convergence may go. @default - it deletes nothing and leaves undeclared settings alone */
  readonly convergence?: EnvironmentInput['convergence'];
  /** Logical secrets beside those that accounts and companions imply. @default {} */
  readonly secrets?: EnvironmentInput['secrets'];
  /** What belongs to the platform; the Docker section is ignored here. @default {} */
  readonly platform?: EnvironmentInput['platform'];
  /** Leave to break single rules for a while. @default [] */
  readonly waivers?: EnvironmentInput['waivers'];
}
