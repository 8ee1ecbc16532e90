import { derivedName, type Environment, type KafkaNode, usesTls } from '../model';
import type { Addressing } from './addressing';
import { type ImageFamily, imageFamilyOf, loggingLibraryOf } from './image-family';
import {
  exporterAgent,
  exporterConfigPath,
  jvmEnvironment,
  type ReadinessRole,
  type RemoteJmx,
  readinessAgent,
  remoteJmxOptions,
} from './jvm';
import { type Logging, logging } from './logging';
import { exporterConfig } from './metrics';
import { kafkaProbes } from './probes';
import type { Port, Process, RuntimeFile, SecretFile } from './process';
import { brokerPasswordSecret, secretFile, storeFiles } from './secrets';
import { interBrokerScram } from './security';
import { serverProperties, serverPropertiesPath } from './server-properties';
import { kafkaStartScript, startScriptPath } from './start-script';
import { diskPath, logDisk, volumesOf } from './storage';

/** How long a broker may take to hand over its partitions and close its logs. */
const stopGraceSeconds = 120;

function roleOf(node: KafkaNode): ReadinessRole {
  if (!node.controller) return 'broker';
  return node.broker ? 'combined' : 'controller';
}

function remoteJmxOf({ monitoring: { jmxPort } }: Environment, node: KafkaNode, addressing: Addressing): RemoteJmx | undefined {
  return addressing.remoteJmx?.(node.id) ?? (jmxPort === undefined ? undefined : { port: jmxPort });
}

function portsOf(environment: Environment, node: KafkaNode, addressing: Addressing): readonly Port[] {
  const { monitoring, metadata } = environment;
  const listeners = node.broker ? environment.listeners : [];
  const jmx = remoteJmxOf(environment, node, addressing);
  return [
    ...listeners.map((listener) => ({ name: derivedName(15, listener.name), port: addressing.bindPort(listener, node.id) })),
    ...(node.controller && metadata.mode === 'kraft' ? [{ name: 'controller', port: metadata.port }] : []),
    ...(monitoring.enabled ? [{ name: 'metrics', port: monitoring.metricsPort }] : []),
    { name: 'readiness', port: monitoring.readinessPort },
    ...(jmx === undefined ? [] : [{ name: 'jmx', port: jmx.port }]),
  ];
}

function secretFilesOf(environment: Environment): readonly SecretFile[] {
  return [
    ...(usesTls(environment) ? storeFiles('broker') : []),
    ...(interBrokerScram(environment) === undefined ? [] : [secretFile(brokerPasswordSecret)]),
  ];
}

function filesOf(environment: Environment, node: KafkaNode, addressing: Addressing, family: ImageFamily, log: Logging): RuntimeFile[] {
  const exporter = { path: exporterConfigPath, content: exporterConfig(roleOf(node), { metadata: environment.metadata.mode }) };
  return [
    { path: serverPropertiesPath, content: serverProperties(environment, node, addressing), perNode: true },
    { path: startScriptPath, content: kafkaStartScript(environment, node, family, addressing, secretFilesOf(environment)) },
    log.file,
    ...(environment.monitoring.enabled ? [exporter] : []),
  ];
}

function kafkaProcess(environment: Environment, node: KafkaNode, addressing: Addressing): Process {
  const { kafka, monitoring } = environment;
  const family = imageFamilyOf(environment);
  const disk = logDisk(node.disks);
  const directory = disk === undefined ? undefined : diskPath('kafka', disk);
  const log = logging({ library: loggingLibraryOf(kafka.version.line), audit: environment.security.auditLogging, directory });
  return {
    name: `kafka-${node.id}`,
    component: 'kafka',
    id: node.id,
    image: kafka.image,
    user: family.user,
    command: ['sh', startScriptPath],
    env: jvmEnvironment({
      heap: node.heap,
      agents: [
        ...(monitoring.enabled ? [exporterAgent(monitoring.metricsPort)] : []),
        readinessAgent(monitoring.readinessPort, roleOf(node)),
      ],
      loggingOption: log.option,
      logDirectory: directory ?? family.logDirectory,
      daemon: 'kafkaServer',
      logCollections: directory !== undefined,
      extra: kafka.jvmOptions,
      remoteJmx: remoteJmxOptions(remoteJmxOf(environment, node, addressing)),
    }),
    secretEnv: {},
    files: filesOf(environment, node, addressing, family, log),
    secretFiles: secretFilesOf(environment),
    ports: portsOf(environment, node, addressing),
    volumes: volumesOf('kafka', node.disks),
    scratch: ['/tmp', ...(directory === undefined ? [family.logDirectory] : [])],
    needsAgents: true,
    replicas: 1,
    memory: node.memory,
    cpu: node.cpu,
    ...kafkaProbes(monitoring.readinessPort),
    stopGraceSeconds,
  };
}

/** A process for every Kafka node, by ascending id. */
export function kafkaProcesses(environment: Environment, addressing: Addressing): readonly Process[] {
  return environment.nodes.map((node) => kafkaProcess(environment, node, addressing));
}
