import type { Environment } from '../model';
import type { Addressing } from './addressing';
import { companionProcesses } from './companions';
import { kafkaProcesses } from './kafka';
import type { Process } from './process';
import { zookeeperProcesses } from './zookeeper';

export type { Addressing } from './addressing';
export { companionComponents, companionProcesses } from './companions';
export { effectiveConfig } from './effective-config';
export { type ImageFamily, imageFamilies } from './image-family';
export { kafkaProcesses } from './kafka';
export {
  type AlertRule,
  alertRules,
  type Component as ScrapeComponent,
  type Dashboard,
  dashboards,
  exporterConfig,
  type MonitoringOptions,
  type Thresholds as AlertThresholds,
} from './metrics';
export { monitoringOptions } from './monitoring-options';
export {
  agentDirectory,
  type CertificateOwner,
  type Component,
  configDirectory,
  type Port,
  type Probe,
  type Process,
  type RuntimeFile,
  type SecretFile,
  secretDirectory,
  type Volume,
} from './process';
export { parseProperties, renderProperties, type Settings } from './properties';
export { brokerPasswordSecret, secretVariableDirectory, storePasswordSecret } from './secrets';
export { superUsers } from './security';
export { defaultReplication } from './server-properties';
export { packageVersion, toolsAgentDirectory, toolsImage } from './tools-image';
export { zookeeperProcesses } from './zookeeper';

/** Every process of an environment: ZooKeeper's servers, Kafka's nodes, then the companions. */
export function processesOf(environment: Environment, addressing: Addressing): readonly Process[] {
  return [
    ...zookeeperProcesses(environment, addressing),
    ...kafkaProcesses(environment, addressing),
    ...companionProcesses(environment, addressing),
  ];
}
