export { type AccessIntent, type Operation, operations, type TopicAccess } from './access';
export { accountsOf, aclsOf } from './acl';
export { type AclEntry, type AclResourceType, aclKey, aclSet } from './acl-entry';
export { type AdditionOwner, type ClusterAddition, GrowingEnvironment } from './additions';
export { type AliasRule, aliasRules } from './aliases';
export { allowedFor, hostsOf, networksOf } from './allow-list';
export type { BackupDeclaration } from './backup';
export { protocolSetting, readStartedKafka, type StartedKafka, startedKafka, startedKafkaLabels } from './broker-protocol';
export { type Capacity, capacityOf } from './capacity';
export type { ClientProfile } from './client-profile';
export type { ClusterDeclaration } from './cluster-declaration';
export type { Companion, CompanionName, Companions } from './companion';
export { type Composition, compose, reportErrors, sameProblem, type Validated } from './composition';
export type { ConfigMap } from './config-map';
export type { ConnectorDefinition, ConnectorTarget } from './connector';
export { derivedName, dnsLabelLimit, statefulSetNameLimit } from './derived-name';
export type { Disk } from './disk';
export { composeEnsemble, type EnsembleDeclaration, ensemblePath, zookeeperMetadata } from './ensemble-declaration';
export {
  brokersOf,
  companionListener,
  controllersOf,
  type Environment,
  type KafkaNode,
  type ResolvedPool,
  type ResolvedZookeeper,
  replicationListenerName,
  usesTls,
  type ZookeeperNode,
} from './environment';
export { type EnvironmentInput, type EnvironmentSpec, environmentSpec } from './environment-spec';
export { checkFleet, type FleetMember, type FleetProblem } from './fleet';
export { type Image, imageReference, resolveImage } from './image';
export { compareVersions, type Distribution, type KafkaVersion, zookeeperVersionOf } from './kafka-version';
export { type Kind, kinds } from './kind';
export { type KubernetesSecret, kubernetesSecret } from './kubernetes-secret';
export { type Listener, type ScramMechanism, securityProtocol } from './listener';
export { isLiteralSecret } from './literal-secret';
export type { KraftMetadata, Metadata } from './metadata';
export type { Monitoring, Thresholds } from './monitoring';
export { namePattern } from './name-pattern';
export { nearest } from './nearest';
export { ownershipTopic, reachesRecord } from './ownership-topic';
export { type ParseResult, parseEnvironment, type ValidateOptions } from './parse';
export type { PlatformDocker } from './platform-docker';
export type { KubernetesListener, PlatformKubernetes } from './platform-kubernetes';
export { backupPrincipal, brokerPrincipal, convergencePrincipal } from './principal';
export { EnvironmentError, formatPath, type Path, type Position, type Problem, type Severity } from './problem';
export { dockerPort, isPublished, type PublishedPort, publishedPorts } from './published-ports';
export { formatBytes, formatCpu } from './quantity';
export type { Quota } from './quota';
export {
  accountSecret,
  brokerPasswordSecret,
  keystorePasswordSecret,
  type RequiredSecret,
  secretsOf,
  serviceSecrets,
} from './required-secrets';
export { resolveEnvironment, resolveTopics } from './resolve';
export type { Resources } from './resources';
export { type CheckOptions, checkEnvironment, declaredPlatforms, rules } from './rules';
export { type Finding, type Platform, platforms, type Rule } from './rules/rule';
export { scaleInAnnotation, scaleInConfirmation } from './scale-in';
export type { SchemaDefinition } from './schema-subject';
export type { ServiceAccount, UserGroup } from './service-account';
export {
  convergedPart,
  hasConvergence,
  isStrimzi,
  isStrimziReserved,
  strimziConvergenceListener,
  strimziJvmOptions,
  strimziListenerName,
  strimziRelease,
  strimziVolumes,
} from './strimzi';
export { referenceSubject, type Subject, subjectsOf } from './subjects';
export type { Topic } from './topic';
export {
  type GrantConsumeOptions,
  type GrantOptions,
  type GrantRegister,
  type GrantStreamsOptions,
  type GrantTransactionalOptions,
  TopicGrants,
} from './topic-grants';
export { applyWaivers, type WaiverOptions } from './waive';
export type { Waiver } from './waiver';
