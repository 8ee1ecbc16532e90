import { brokersOf, compareVersions, type Environment, type KafkaNode } from '../model';
import type { Addressing } from './addressing';
import { listenerSettings } from './listeners';
import { configDirectory } from './process';
import { renderProperties, type SettingValues } from './properties';
import { metadataSettings } from './quorum';
import { securitySettings } from './security';
import { logDirectories } from './storage';

/** Where every Kafka node finds its settings. */
export const serverPropertiesPath = `${configDirectory}/server.properties`;

/** How often topics are copied that nobody gave a number for. */
export function defaultReplication(environment: Environment): { readonly factor: number; readonly minInsync: number } {
  const factor = Math.max(1, Math.min(3, brokersOf(environment).length));
  return { factor, minInsync: Math.max(1, factor - 1) };
}

/**
 * How long a broker waits for ZooKeeper when it starts. Both start at once, and Kafka's own 18 s end a broker on a busy machine while
 * ZooKeeper still comes up; its restart then takes the processor from ZooKeeper. milliseconds
 */
const zookeeperConnectionTimeout = 120_000;

/** What Kafkon sets where the environment says nothing: a lost broker loses no data, and nothing comes to be by a slip of the pen. */
function brokerDefaults(environment: Environment): SettingValues {
  const { factor, minInsync } = defaultReplication(environment);
  return {
    'auto.create.topics.enable': false,
    'controlled.shutdown.enable': true,
    'default.replication.factor': factor,
    'min.insync.replicas': minInsync,
    'num.recovery.threads.per.data.dir': 2,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.min.isr': minInsync,
    'transaction.state.log.replication.factor': factor,
    'unclean.leader.election.enable': false,
    ...(environment.metadata.mode === 'zookeeper' ? { 'zookeeper.connection.timeout.ms': zookeeperConnectionTimeout } : {}),
    ...(compareVersions(environment.kafka.version.line, '4.0') < 0
      ? {}
      : { 'share.coordinator.state.topic.min.isr': minInsync, 'share.coordinator.state.topic.replication.factor': factor }),
  };
}

/** What is Kafkon's alone to say: it follows from the rest of the environment, and contradicting it would break the cluster. */
function ownedSettings(environment: Environment, node: KafkaNode, addressing: Addressing): SettingValues {
  return {
    ...metadataSettings(environment, node, addressing),
    ...listenerSettings(environment, node, addressing),
    ...securitySettings(environment, node),
    'log.dirs': logDirectories(node.disks).join(','),
    ...(node.broker && node.zone !== undefined ? { 'broker.rack': node.zone } : {}),
  };
}

/** All settings of a node: defaults, over them the environment's and its pool's, over them Kafkon's own. */
function serverSettings(environment: Environment, node: KafkaNode, addressing: Addressing): SettingValues {
  return { ...brokerDefaults(environment), ...node.config, ...ownedSettings(environment, node, addressing) };
}

/** `server.properties`, whole. */
export function serverProperties(environment: Environment, node: KafkaNode, addressing: Addressing): string {
  return renderProperties(serverSettings(environment, node, addressing));
}
