import { Construct } from 'constructs';
import type { ClusterAddition, EnvironmentInput } from '../model';
import type { GrowingCluster } from './growing-cluster';

/** Properties of `AclPolicy`. */
export interface AclPolicyProps {
  /** The cluster that is to know the accounts and check the grants. */
  readonly cluster: GrowingCluster;
  /** Who logs in to Kafka: SCRAM users, or holders of client certificates. @default {} */
  readonly serviceAccounts?: EnvironmentInput['serviceAccounts'];
  /** Accounts that share grants, by the name of the group. @default {} */
  readonly userGroups?: EnvironmentInput['userGroups'];
  /** Who writes to and reads from a topic, with the operations spelled out; an ending `*` makes a prefix. @default {} */
  readonly topicAccess?: EnvironmentInput['topicAccess'];
  /** What someone needs to be able to do: produce, consume, run Streams or Connect, administer. @default [] */
  readonly access?: EnvironmentInput['access'];
  /** What a user or client may take of the cluster. @default [] */
  readonly quotas?: EnvironmentInput['quotas'];
}

/**
 * Accounts and what they may do. Nothing is deployed of them: they are part of the cluster's desired state, which the convergence
 * brings about, and with `authorization: none` they are kept as intent. What is wrong is reported with this construct's
 * path.
 */
export class AclPolicy extends Construct {
  constructor(scope: Construct, id: string, { cluster, ...policy }: AclPolicyProps) {
    super(scope, id);
    const addition: ClusterAddition = policy;
    cluster.add(this, addition);
  }
}
