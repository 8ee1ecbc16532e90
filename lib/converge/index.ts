export { ownershipTopic } from '../model';
export { type Adoption, changeOwnership } from './adoption';
export { apply } from './apply';
export type { ApplyOptions, ApplyPorts, Progress } from './apply-options';
export { clusterRecord } from './cluster-record';
export type { Consent } from './consent';
export { type ConvergeCode, ConvergeError } from './converge-error';
export {
  type Desired,
  type DesiredBrokerConfig,
  type DesiredGroupOffsets,
  type DesiredTopic,
  type DesiredUser,
  desiredOf,
  userKey,
} from './desired';
export type { DesiredConnector } from './desired-connectors';
export type { DesiredSchemas, DesiredSubject } from './desired-schemas';
export type { Note } from './findings';
export { aclDigest } from './fingerprint';
export { planWithImpact } from './impact';
export { leavingBrokersHoldReplicas } from './leaving-brokers';
export { type Impact, type Live, type LiveTopic, readLive, type Scope, type Sources } from './live';
export type { DesiredServices, ServicePorts } from './live-services';
export { type HeldLock, type Lock, LockLost, memoryLock } from './lock';
export type { ApplyResult, OutcomeReason, StepOutcome } from './outcome';
export { memoryOwnership, nothingOwned, type OwnedKind, type OwnedUser, type Ownership, type OwnershipStore } from './ownership';
export { changedRecords, ownershipOf, recordsOf } from './ownership-records';
export { isDrift, type Plan, plan } from './plan';
export { type ReplicaMove, type Replicas, rebalance, type Spread } from './rebalance';
export { type BrokerShare, isBalanced, planRebalance, type RebalancePlan, type RebalanceWish } from './rebalance-plan';
export { applyRebalance, type RebalanceOptions, type RebalanceProgress, type RebalanceResult } from './rebalance-run';
export { renderRebalance, renderRebalanceResult } from './rebalance-text';
export { type ReportForm, renderPlan, renderResult } from './report';
export type { SecretSource } from './secrets';
export { dangerousClasses, type Step, type StepClass, stepClasses } from './step';
export { type StepText, stepText } from './step-text';
