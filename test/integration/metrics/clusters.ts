import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExporterRole, MetadataMode } from '../../../lib/runtime/metrics';
import { exporterConfig } from '../../../lib/runtime/metrics';
import { combinedNode } from '../../support/kafka/combined-node';
import type { KafkaVersion } from '../../support/kafka/jars';
import { jmxExporterJar } from '../../support/kafka/jars';
import type { JavaProcess } from '../../support/kafka/java-process';
import { KAFKA_STARTED, startKafka, startZookeeper, ZOOKEEPER_SERVES } from '../../support/kafka/kafka-process';
import { freePorts } from '../../support/kafka/ports';
import { propertiesFile } from '../../support/kafka/properties-file';
import { KafkaTools } from '../../support/kafka/tools';

/** A process with our agent in it. */
export interface Watched {
  readonly process: JavaProcess;
  readonly metricsPort: number;
}

const SINGLE_NODE = {
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
} as const;

/** The JVM option that loads the agent with the rendered rules of a role. */
async function agentOption(folder: string, port: number, role: ExporterRole, metadata: MetadataMode): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `exporter-${role}.yaml`);
  writeFileSync(file, exporterConfig(role, { metadata, partitionMetrics: true }));
  return `-javaagent:${await jmxExporterJar()}=127.0.0.1:${port}:${file}`;
}

/** Starts ZooKeeper servers, on their own or as an ensemble, and waits until they serve. */
export async function startEnsemble(folder: string, size: number): Promise<{ servers: readonly Watched[]; connect: string }> {
  const ports = await freePorts(size * 4);
  const port = (kind: number, server: number): number => ports[kind * size + server] ?? 0;
  const ids = Array.from({ length: size }, (_, index) => index);
  const members = size === 1 ? {} : Object.fromEntries(ids.map((id) => [`server.${id + 1}`, `127.0.0.1:${port(1, id)}:${port(2, id)}`]));
  const servers: Watched[] = [];
  for (const id of ids) {
    const own = join(folder, `zookeeper-${id + 1}`);
    mkdirSync(join(own, 'data'), { recursive: true });
    writeFileSync(join(own, 'data', 'myid'), String(id + 1));
    const file = propertiesFile(own, 'zoo.cfg', {
      dataDir: join(own, 'data'),
      clientPort: port(0, id),
      clientPortAddress: '127.0.0.1',
      'admin.enableServer': 'false',
      tickTime: 1000,
      initLimit: 10,
      syncLimit: 5,
      ...members,
    });
    const agent = await agentOption(own, port(3, id), 'zookeeper', 'zookeeper');
    const process = await startZookeeper({ version: '3.9.2', name: `zookeeper-${id + 1}`, folder: own, file, jvmArgs: [agent] });
    servers.push({ process, metricsPort: port(3, id) });
  }
  await Promise.all(servers.map(({ process }) => process.waitForOutput(ZOOKEEPER_SERVES)));
  return { servers, connect: ids.map((id) => `127.0.0.1:${port(0, id)}`).join(',') };
}

/** A running broker that has seen a few records. */
export interface Broker extends Watched {
  readonly bootstrap: string;
  readonly tools: KafkaTools;
}

async function startNode(
  folder: string,
  version: KafkaVersion,
  role: ExporterRole,
  metadata: MetadataMode,
  port: number,
  metricsPort: number,
  file: string,
): Promise<Broker> {
  const process = await startKafka({ version, folder, file, jvmArgs: [await agentOption(folder, metricsPort, role, metadata)] });
  await process.waitForOutput(KAFKA_STARTED);
  return { process, metricsPort, bootstrap: `127.0.0.1:${port}`, tools: new KafkaTools(version, folder) };
}

/** Starts one broker of Kafka 3.9 on an ensemble. */
export async function startZookeeperBroker(folder: string, connect: string): Promise<Broker> {
  const [port = 0, metricsPort = 0] = await freePorts(2);
  const file = propertiesFile(folder, 'server.properties', {
    'broker.id': 0,
    'zookeeper.connect': connect,
    listeners: `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': join(folder, 'data'),
    ...SINGLE_NODE,
  });
  return startNode(folder, '3.9.2', 'broker', 'zookeeper', port, metricsPort, file);
}

/** Starts one node of Kafka 4.3 that is broker and controller. */
export async function startKraftNode(folder: string): Promise<Broker> {
  const [port = 0, controller = 0, metricsPort = 0] = await freePorts(3);
  const file = await combinedNode(folder, { broker: port, controller }, SINGLE_NODE);
  return startNode(folder, '4.3.1', 'combined', 'kraft', port, metricsPort, file);
}

/** Makes a topic, writes a few records and reads them in a group. */
export async function exercise(broker: Broker, topic: string, records: number): Promise<void> {
  const server = ['--bootstrap-server', broker.bootstrap];
  await broker.tools.run('topics', [...server, '--create', '--topic', topic, '--partitions', '3', '--replication-factor', '1']);
  const input = Array.from({ length: records }, (_, index) => `record ${index}\n`).join('');
  await broker.tools.run('consoleProducer', [...server, '--topic', topic], { input });
  const read = ['--topic', topic, '--group', 'readers', '--from-beginning', '--max-messages', String(records)];
  await broker.tools.run('consoleConsumer', [...server, ...read]);
}

/** Starts a controller and a broker of Kafka 4.3, each on its own. */
export async function startSeparateNodes(folder: string): Promise<{ controller: Broker; broker: Broker }> {
  const [port = 0, quorum = 0, brokerMetrics = 0, controllerMetrics = 0] = await freePorts(4);
  const common = {
    'controller.quorum.voters': `100@127.0.0.1:${quorum}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...SINGLE_NODE,
  };
  const node = async (role: 'controller' | 'broker', id: number, listener: string, metricsPort: number): Promise<Broker> => {
    const own = join(folder, role);
    mkdirSync(own, { recursive: true });
    const log = { 'log.dirs': join(own, 'data') };
    const file = propertiesFile(own, 'server.properties', { 'process.roles': role, 'node.id': id, listeners: listener, ...log, ...common });
    await new KafkaTools('4.3.1', own).run('storage', ['format', '-t', '4L6g3nShT-eMCtK--X86sw', '-c', file]);
    return startNode(own, '4.3.1', role, 'kraft', port, metricsPort, file);
  };
  const controller = await node('controller', 100, `CONTROLLER://127.0.0.1:${quorum}`, controllerMetrics);
  return { controller, broker: await node('broker', 0, `PLAINTEXT://127.0.0.1:${port}`, brokerMetrics) };
}
