export {
  type ClusterAddition,
  type GrantConsumeOptions,
  type GrantOptions,
  type GrantRegister,
  type GrantStreamsOptions,
  type GrantTransactionalOptions,
  TopicGrants,
} from '../model';
export { AclPolicy, type AclPolicyProps } from './acl-policy';
export { kubernetesAddressing } from './addressing';
export { CertificateAuthority, type CertificateAuthorityProps, OwnedCertificate, type OwnedCertificateProps } from './certificates';
export { Companions, type CompanionsProps } from './companions';
export { contentHash, contentHashAnnotation } from './content-hash';
export { Convergence, type ConvergenceProps } from './convergence';
export type { IssuerReference } from './custom-resources/cert-manager';
export type { Edge, Place, Role as PodRole } from './edge';
export { edgesOf } from './edges';
export { KafkaChart, type KafkaChartProps } from './kafka-chart';
export { KafkaCluster, type WholeClusterProps } from './kafka-cluster';
export type { KafkaClusterProps } from './kafka-cluster-props';
export { type Identity, objectLabels, type Role, selectorLabels, tagAnnotations } from './labels';
export { manifestFiles } from './manifest-files';
export { manifestsOf } from './manifests-of';
export { Monitoring, type MonitoringProps } from './monitoring';
export { certificateName, companionName, kafkaObjectName, kafkaPodName, namespaceOf, poolName, serviceHost } from './names';
export { NetworkPolicies, type NetworkPoliciesProps } from './network-policies';
export { type SecretBinding, secretBinding } from './secret-binding';
export { createService, createServiceAccount, type ServicePort, type ServiceProps } from './service';
export { packageVersion, toolsImage } from './tools-image';
export { TopicSet, type TopicSetProps } from './topic-set';
export { Workload, type WorkloadProps } from './workload';
export { type WholeEnvironmentProps, ZookeeperEnsemble, type ZookeeperEnsembleProps } from './zookeeper-ensemble';
