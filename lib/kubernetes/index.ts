export { AclPolicy, type AclPolicyProps, TopicSet, type TopicSetProps } from '../constructs';
export {
  type ClusterAddition,
  type GrantConsumeOptions,
  type GrantOptions,
  type GrantStreamsOptions,
  type GrantTransactionalOptions,
  scaleInAnnotation,
  scaleInConfirmation,
  TopicGrants,
} from '../model';
export { kubernetesAddressing } from './addressing';
export { CertificateAuthority, type CertificateAuthorityProps, OwnedCertificate, type OwnedCertificateProps } from './certificates';
export { Companions, type CompanionsProps } from './companions';
export { Convergence, type ConvergenceProps } from './convergence';
export type { IssuerReference } from './custom-resources/cert-manager';
export type { DeployedCluster } from './deployed-cluster';
export { EnvironmentChart } from './environment-chart';
export { KafkaChart, type KafkaChartProps } from './kafka-chart';
export { KafkaCluster, type WholeClusterProps } from './kafka-cluster';
export type { KafkaClusterProps } from './kafka-cluster-props';
export { manifestsOf } from './manifests-of';
export { MetadataBackup, type MetadataBackupProps } from './metadata-backup';
export { Monitoring, type MonitoringProps } from './monitoring';
export { NetworkPolicies, type NetworkPoliciesProps } from './network-policies';
export { ScaleInPolicy, type ScaleInPolicyProps } from './scale-in-policy';
export { StrimziChart } from './strimzi/strimzi-chart';
export { StrimziCluster } from './strimzi/strimzi-cluster';
export { type WholeEnvironmentProps, ZookeeperEnsemble, type ZookeeperEnsembleProps } from './zookeeper-ensemble';
