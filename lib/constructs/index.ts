export { AclPolicy, type AclPolicyProps } from './acl-policy';
export type { GrowingCluster } from './growing-cluster';
export { TopicSet, type TopicSetProps } from './topic-set';
