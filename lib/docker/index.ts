export { AclPolicy, type AclPolicyProps, TopicSet, type TopicSetProps } from '../constructs';
export {
  type ClusterAddition,
  type GrantConsumeOptions,
  type GrantOptions,
  type GrantRegister,
  type GrantStreamsOptions,
  type GrantTransactionalOptions,
  TopicGrants,
} from '../model';
export { dockerAddressing } from './addressing';
export { Companions, type CompanionsProps } from './companions';
export { kafkaApp } from './kafka-app';
export { KafkaCluster, type KafkaClusterProps, type WholeClusterProps } from './kafka-cluster';
export { KafkaStack, type KafkaStackProps } from './kafka-stack';
export { type Label, labelsOf } from './labels';
export { Monitoring, type MonitoringProps } from './monitoring';
export { containerName, hostOf, logicalId, networkName, volumeName } from './names';
export { ProcessContainer, type ProcessContainerProps } from './process-container';
export { secretFilesOf, secretSource } from './secrets';
export { terraformFile, terraformJson, terraformOf } from './terraform-of';
export { type WholeEnvironmentProps, ZookeeperEnsemble, type ZookeeperEnsembleProps } from './zookeeper-ensemble';
