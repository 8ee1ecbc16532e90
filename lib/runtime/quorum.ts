import { controllersOf, type Environment, type KafkaNode, type KraftMetadata, type ResolvedZookeeper } from '../model';
import type { Addressing } from './addressing';
import { controllerListenerName } from './listeners';
import type { SettingValues } from './properties';
import { secretReference, storePasswordSecret, storePath } from './secrets';
import { logDirectories } from './storage';

/** The port on which ZooKeeper serves Kafka. */
function zookeeperPort(metadata: ResolvedZookeeper): number {
  return metadata.security === 'mtls' ? metadata.ensemble.ports.secureClient : metadata.ensemble.ports.client;
}

/** `host:port,host:port/chroot` */
export function zookeeperConnect(metadata: ResolvedZookeeper, addressing: Addressing): string {
  const servers = metadata.nodes.map(({ id }) => `${addressing.zookeeperHost(id)}:${zookeeperPort(metadata)}`);
  return `${servers.join(',')}${metadata.chroot ?? ''}`;
}

function zookeeperClient(metadata: ResolvedZookeeper): SettingValues {
  if (metadata.security === 'plaintext') return {};
  return {
    'zookeeper.ssl.client.enable': true,
    'zookeeper.clientCnxnSocket': 'org.apache.zookeeper.ClientCnxnSocketNetty',
    'zookeeper.ssl.keystore.type': 'PKCS12',
    'zookeeper.ssl.keystore.location': storePath('broker', 'keystore.p12'),
    'zookeeper.ssl.keystore.password': secretReference(storePasswordSecret),
    'zookeeper.ssl.truststore.type': 'PKCS12',
    'zookeeper.ssl.truststore.location': storePath('broker', 'truststore.p12'),
    'zookeeper.ssl.truststore.password': secretReference(storePasswordSecret),
    // All brokers bear one name, so what one of them creates, all may change, and nobody else.
    'zookeeper.set.acl': true,
  };
}

/** `host:port` of every controller, by ascending id. */
function controllerAddress(metadata: KraftMetadata, node: KafkaNode, addressing: Addressing): string {
  return `${addressing.kafkaHost(node.id)}:${metadata.port}`;
}

/** The first controllers of a dynamic quorum, as `kafka-storage format --initial-controllers` reads them. */
export function initialControllers(environment: Environment, metadata: KraftMetadata, addressing: Addressing): readonly string[] {
  return controllersOf(environment).flatMap((node) => {
    const directoryId = metadata.directoryIds[String(node.id)];
    return directoryId === undefined ? [] : [`${node.id}@${controllerAddress(metadata, node, addressing)}:${directoryId}`];
  });
}

function kraft(environment: Environment, metadata: KraftMetadata, node: KafkaNode, addressing: Addressing): SettingValues {
  const controllers = controllersOf(environment);
  const roles = [...(node.broker ? ['broker'] : []), ...(node.controller ? ['controller'] : [])];
  const [metadataDirectory] = logDirectories(node.disks);
  return {
    'process.roles': roles.join(','),
    'node.id': node.id,
    'controller.listener.names': controllerListenerName,
    ...(metadataDirectory === undefined ? {} : { 'metadata.log.dir': metadataDirectory }),
    ...(metadata.quorum === 'static'
      ? {
          'controller.quorum.voters': controllers
            .map((controller) => `${controller.id}@${controllerAddress(metadata, controller, addressing)}`)
            .join(','),
        }
      : {
          'controller.quorum.bootstrap.servers': controllers
            .map((controller) => controllerAddress(metadata, controller, addressing))
            .join(','),
        }),
  };
}

/** Who a node is, and where the metadata of the cluster is kept. */
export function metadataSettings(environment: Environment, node: KafkaNode, addressing: Addressing): SettingValues {
  const { metadata } = environment;
  return metadata.mode === 'kraft'
    ? kraft(environment, metadata, node, addressing)
    : { 'broker.id': node.id, 'zookeeper.connect': zookeeperConnect(metadata, addressing), ...zookeeperClient(metadata) };
}
