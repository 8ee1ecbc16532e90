export { type AddressBook, addressBook, type Bootstrap, type ClientSettings, type ServiceAddress } from './address-book';
export { type DownOptions, down, stop } from './down';
export type { ContainerState, Engine, EngineInfo, Execution, Health, LogOptions, NetworkState } from './engine';
export { EngineRefusal, engineAddress } from './engine-request';
export { fail, LifecycleError, machineProblem } from './failure';
export { allHealthNow, healthNow } from './health';
export { seconds, waitController, waitHealthy } from './healthy';
export type { Host } from './host';
export * from './kubernetes';
export { startOrder, stopOrder } from './layers';
export { frameReader } from './log-stream';
export { certificateProblems, type MadeSecrets, makeSecrets, outgrownCertificates, type RenewedCertificate } from './make-secrets';
export { nodeEngine } from './node-engine';
export { nodeHost } from './node-host';
export { nodeSecretStore } from './node-secret-store';
export { changesOf, nodeTerraform } from './node-terraform';
export { activeController, nodesOf, observe } from './observe';
export { removeOrphans, requireContainers } from './orphans';
export { type NodeMetrics, readNodeMetrics } from './partition-state';
export { password } from './password';
export type { Ports, Report } from './ports';
export { preflightProblems, type Survey } from './preflight';
export { type Project, projectDirectory, projected } from './project';
export { type Removal, type RemovalConsent, removalsOf } from './removals';
export { type RollOptions, roll } from './roll';
export { type ObservedNode, type Obstacle, obstacle, rollingOrder } from './rolling-order';
export {
  accountDirectory,
  type PlannedCertificate,
  type PlannedPassword,
  type SecretPlan,
  secretPlan,
} from './secret-plan';
export type { SecretStore } from './secret-store';
export { clusterLabel, contentHashLabel, readStack, type Stack, type StackContainer, type StackVolume, servicesOf } from './stack';
export { statesOf } from './states';
export { isServing, type ServiceStatus, type Standing, standingOf, statusRows } from './status';
export { stopGroups } from './stop-groups';
export { survey } from './survey';
export type { Change, Progress, Terraform, TerraformOptions } from './terraform';
export { start, summary, type UpOptions, up } from './up';
export { type StartedNode, startedContainers, upgradeProblems, upgradeSteps } from './upgrade';
