import type { EnvironmentInput } from './environment-spec';

/** What a construct is told of a cluster; `Ensemble` is the platform's construct for ZooKeeper. */
export interface ClusterDeclaration<Ensemble> {
  /** The name of the environment; at most 50 letters, digits and hyphens. */
  readonly name: EnvironmentInput['name'];
  /** @default - none */
  readonly description?: EnvironmentInput['description'];
  /** What the environment is for. */
  readonly kind: EnvironmentInput['kind'];
  /** Labels for people: team, project, cost centre. @default {} */
  readonly tags?: EnvironmentInput['tags'];
  /** The id of the cluster: required for KRaft. @default - for ZooKeeper: pinned after the first start */
  readonly clusterId?: EnvironmentInput['clusterId'];
  /** Which Kafka runs, and the settings of its brokers. */
  readonly kafka: EnvironmentInput['kafka'];
  /** Where Kafka keeps its metadata: an ensemble in the same app, or its own controllers. */
  readonly metadata: Ensemble | Extract<EnvironmentInput['metadata'], { mode: 'kraft' }>;
  /** The Kafka nodes. */
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
  /** What is kept of the cluster beside itself. @default - nothing */
  readonly backup?: EnvironmentInput['backup'];
  /** Logical secrets beside those that accounts and companions imply. @default {} */
  readonly secrets?: EnvironmentInput['secrets'];
  /** What belongs to a platform; a construct reads the section of its own. @default {} */
  readonly platform?: EnvironmentInput['platform'];
  /** Leave to break single rules for a while. @default [] */
  readonly waivers?: EnvironmentInput['waivers'];
}
