import { type Environment, type ResolvedZookeeper, type ZookeeperNode, zookeeperVersionOf } from '../model';
import type { Addressing } from './addressing';
import { imageFamilyOf, loggingLibraryOf } from './image-family';
import { exporterAgent, exporterConfigPath, jvmEnvironment } from './jvm';
import { logging } from './logging';
import { exporterConfig } from './metrics';
import { zookeeperProbeScript, zookeeperProbes } from './probes';
import type { Port, Process, RuntimeFile } from './process';
import { storeFiles } from './secrets';
import { startScriptPath } from './start-script';
import { volumesOf } from './storage';
import { zooCfg, zooCfgPath } from './zookeeper-properties';
import { myidPath, zookeeperStartScript } from './zookeeper-start-script';

const stopGraceSeconds = 30;

/** The plain port of a secured server is on the loopback, and so no port of the container. */
function portsOf(environment: Environment, { security, ensemble: { ports } }: ResolvedZookeeper): readonly Port[] {
  return [
    security === 'mtls' ? { name: 'secure-client', port: ports.secureClient } : { name: 'client', port: ports.client },
    { name: 'quorum', port: ports.quorum },
    { name: 'election', port: ports.election },
    ...(environment.monitoring.enabled ? [{ name: 'metrics', port: environment.monitoring.metricsPort }] : []),
  ];
}

function filesOf(environment: Environment, metadata: ResolvedZookeeper, node: ZookeeperNode, addressing: Addressing): RuntimeFile[] {
  const version = zookeeperVersionOf(environment.kafka.version);
  return [
    { path: zooCfgPath, content: zooCfg(metadata, node, addressing, version), perNode: true },
    { path: myidPath, content: `${node.id}\n`, perNode: true },
    { path: startScriptPath, content: zookeeperStartScript(metadata, node, imageFamilyOf(environment), version) },
    zookeeperProbeScript(metadata.ensemble.ports.client),
    ...(environment.monitoring.enabled
      ? [{ path: exporterConfigPath, content: exporterConfig('zookeeper', { metadata: 'zookeeper' }) }]
      : []),
  ];
}

/**
 * Seconds for which the JVM remembers the address of a name; left to itself thirty. A server that comes back with another address would be
 * refused for as long, by its own servers, since the name behind its address must lead back to it.
 */
const addressCacheOption = '-Dsun.net.inetaddr.ttl=1';

function zookeeperProcess(environment: Environment, metadata: ResolvedZookeeper, node: ZookeeperNode, addressing: Addressing): Process {
  const { monitoring } = environment;
  const family = imageFamilyOf(environment);
  const log = logging({ library: loggingLibraryOf(environment.kafka.version.line), audit: false });
  return {
    name: `zookeeper-${node.id}`,
    component: 'zookeeper',
    id: node.id,
    image: metadata.image,
    user: family.user,
    command: ['sh', startScriptPath],
    env: jvmEnvironment({
      heap: node.heap,
      agents: monitoring.enabled ? [exporterAgent(monitoring.metricsPort)] : [],
      loggingOption: log.option,
      logDirectory: family.logDirectory,
      daemon: 'zookeeper',
      logCollections: false,
      extra: [addressCacheOption, ...metadata.ensemble.jvmOptions],
    }),
    secretEnv: {},
    files: [...filesOf(environment, metadata, node, addressing), log.file],
    secretFiles: metadata.security === 'mtls' ? storeFiles('zookeeper') : [],
    ports: portsOf(environment, metadata),
    volumes: volumesOf('zookeeper', node.disks),
    scratch: ['/tmp', family.logDirectory],
    needsAgents: monitoring.enabled,
    replicas: 1,
    memory: node.memory,
    cpu: node.cpu,
    ...zookeeperProbes(),
    stopGraceSeconds,
  };
}

/** A process for every ZooKeeper server, by ascending id; none for KRaft. */
export function zookeeperProcesses(environment: Environment, addressing: Addressing): readonly Process[] {
  const { metadata } = environment;
  return metadata.mode === 'kraft' ? [] : metadata.nodes.map((node) => zookeeperProcess(environment, metadata, node, addressing));
}
