import { compareVersions, type ResolvedZookeeper, type ZookeeperNode } from '../model';
import type { Addressing } from './addressing';
import { configDirectory } from './process';
import { renderProperties, type SettingValues } from './properties';
import { secretPath, storePasswordSecret, storePath } from './secrets';
import { diskPath, logDisk } from './storage';

/** Where every ZooKeeper server finds its settings. */
export const zooCfgPath = `${configDirectory}/zoo.cfg`;

/** Where a server keeps its snapshots and its id, and, on a disk of its own, its transaction log. */
export function zookeeperDirectories(node: ZookeeperNode): { readonly data: string; readonly log?: string } {
  const data = node.disks.find((disk) => disk.purpose === 'data') ?? node.disks[0];
  const log = logDisk(node.disks);
  return {
    data: data === undefined ? '/var/lib/zookeeper/data' : diskPath('zookeeper', data),
    ...(log === undefined || log === data ? {} : { log: diskPath('zookeeper', log) }),
  };
}

/** ZooKeeper reads the passwords of its stores from files since 3.8. */
export function readsPasswordFiles(zookeeperVersion: string | undefined): boolean {
  return zookeeperVersion === undefined || compareVersions(zookeeperVersion, '3.8') >= 0;
}

/** The settings that open the stores where the passwords stand in the settings themselves. */
export const literalPasswordKeys = [
  'ssl.keyStore.password',
  'ssl.trustStore.password',
  'ssl.quorum.keyStore.password',
  'ssl.quorum.trustStore.password',
] as const;

const defaults: SettingValues = {
  tickTime: 2000,
  initLimit: 10,
  syncLimit: 5,
  'autopurge.snapRetainCount': 3,
  'autopurge.purgeInterval': 1,
};

function server(metadata: ResolvedZookeeper, node: ZookeeperNode, id: number, addressing: Addressing): string {
  const { quorum, election } = metadata.ensemble.ports;
  // A server cannot always resolve its own name yet when it starts, and would then listen nowhere (ZOOKEEPER-4708).
  const host = id === node.id && metadata.nodes.length > 2 ? '0.0.0.0' : addressing.zookeeperHost(id);
  return `${host}:${quorum}:${election}`;
}

function stores(prefix: 'ssl' | 'ssl.quorum', passwordFiles: boolean): SettingValues {
  const path = secretPath(storePasswordSecret);
  return {
    [`${prefix}.keyStore.type`]: 'PKCS12',
    [`${prefix}.keyStore.location`]: storePath('zookeeper', 'keystore.p12'),
    [`${prefix}.trustStore.type`]: 'PKCS12',
    [`${prefix}.trustStore.location`]: storePath('zookeeper', 'truststore.p12'),
    [`${prefix}.clientAuth`]: 'need',
    ...(passwordFiles ? { [`${prefix}.keyStore.passwordPath`]: path, [`${prefix}.trustStore.passwordPath`]: path } : {}),
  };
}

function clientPorts(metadata: ResolvedZookeeper, passwordFiles: boolean): SettingValues {
  const { client, secureClient } = metadata.ensemble.ports;
  if (metadata.security === 'plaintext') return { clientPort: client };
  return {
    // For the probes, which hold no certificate; nobody outside the container can reach it.
    clientPort: client,
    clientPortAddress: '127.0.0.1',
    secureClientPort: secureClient,
    serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
    sslQuorum: true,
    ...stores('ssl', passwordFiles),
    ...stores('ssl.quorum', passwordFiles),
  };
}

/** All settings of a server: defaults, over them the environment's, over them Kafkon's own. */
function zookeeperSettings(
  metadata: ResolvedZookeeper,
  node: ZookeeperNode,
  addressing: Addressing,
  zookeeperVersion: string | undefined,
): SettingValues {
  const directories = zookeeperDirectories(node);
  return {
    ...defaults,
    ...metadata.ensemble.config,
    '4lw.commands.whitelist': 'srvr,ruok',
    'admin.enableServer': false,
    electionPortBindRetry: 0,
    // An ensemble of one is run as a quorum of one, so that it can grow.
    standaloneEnabled: false,
    reconfigEnabled: false,
    dataDir: directories.data,
    ...(directories.log === undefined ? {} : { dataLogDir: directories.log }),
    ...clientPorts(metadata, readsPasswordFiles(zookeeperVersion)),
    ...Object.fromEntries(metadata.nodes.map(({ id }) => [`server.${id}`, server(metadata, node, id, addressing)])),
  };
}

/** `zoo.cfg`, whole. */
export function zooCfg(
  metadata: ResolvedZookeeper,
  node: ZookeeperNode,
  addressing: Addressing,
  zookeeperVersion: string | undefined,
): string {
  return renderProperties(zookeeperSettings(metadata, node, addressing, zookeeperVersion));
}
