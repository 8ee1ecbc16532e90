import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { combinedNode } from './combined-node';
import { connectJars, schemaRegistryJars } from './jars';
import { JavaProcess } from './java-process';
import { KAFKA_STARTED, startKafka } from './kafka-process';
import { loggingOption } from './logging';
import { freePort, freePorts } from './ports';
import { propertiesFile } from './properties-file';

const isUp = (url: string) => () => fetch(url).then(({ ok }) => ok);

/** A real schema registry that forgets everything when it ends, and its address. */
export async function startSchemaRegistry(folder: string, started: JavaProcess[]): Promise<string> {
  const port = await freePort();
  const [runner = '', ...libraries] = await schemaRegistryJars();
  const registry = JavaProcess.start({
    name: 'schema-registry',
    classpath: [runner, ...libraries],
    main: 'io.quarkus.runner.GeneratedMain',
    folder,
    env: { QUARKUS_HTTP_PORT: String(port), QUARKUS_HTTP_HOST: '127.0.0.1' },
  });
  started.push(registry);
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  await registry.waitUntil('the registry answers', isUp(`${url}/subjects`));
  return url;
}

/** A real worker of Kafka Connect with a broker of its own. */
export interface RunningConnect {
  readonly url: string;
  readonly bootstrapServers: readonly string[];
  /** Settings of a connector that it can run, its class among them. */
  readonly config: Readonly<Record<string, string>>;
}

/** Starts a broker and a worker, and waits until both answer. */
export async function startConnect(folder: string, started: JavaProcess[]): Promise<RunningConnect> {
  const [controller = 0, broker = 0, rest = 0] = await freePorts(3);
  const settings = {
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
  };
  const kafka = await startKafka({ version: '4.3.1', folder, file: await combinedNode(folder, { broker, controller }, settings) });
  started.push(kafka);
  await kafka.waitForOutput(KAFKA_STARTED);
  const json = 'org.apache.kafka.connect.json.JsonConverter';
  const workerProperties = propertiesFile(folder, 'connect.properties', {
    'bootstrap.servers': `127.0.0.1:${broker}`,
    'group.id': 'connect',
    'key.converter': json,
    'value.converter': json,
    'config.storage.topic': 'connect-configs',
    'offset.storage.topic': 'connect-offsets',
    'status.storage.topic': 'connect-status',
    'config.storage.replication.factor': 1,
    'offset.storage.replication.factor': 1,
    'status.storage.replication.factor': 1,
    'scheduled.rebalance.max.delay.ms': 0,
    listeners: `http://127.0.0.1:${rest}`,
  });
  const worker = JavaProcess.start({
    name: 'connect',
    classpath: await connectJars(),
    main: 'org.apache.kafka.connect.cli.ConnectDistributed',
    args: [workerProperties],
    jvmArgs: [loggingOption('4.3.1', folder, { level: 'INFO', stream: 'System.out' })],
    folder,
  });
  started.push(worker);
  const url = `http://127.0.0.1:${rest}`;
  await worker.waitUntil('the worker answers', isUp(`${url}/connectors`));
  const file = join(folder, 'orders.txt');
  writeFileSync(file, 'first\n');
  return {
    url,
    bootstrapServers: [`127.0.0.1:${broker}`],
    config: { 'connector.class': 'org.apache.kafka.connect.file.FileStreamSourceConnector', 'tasks.max': '1', file, topic: 'orders' },
  };
}
