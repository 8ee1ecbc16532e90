import { mappedClasses } from './class-archive';
import type { KafkaVersion } from './jars';
import { kafkaJars } from './jars';
import { JavaProcess } from './java-process';
import { loggingOption } from './logging';

/** What every Kafka or ZooKeeper process here is started with. */
export interface KafkaProcessOptions {
  readonly version: KafkaVersion;
  /** @default - the name of the program */
  readonly name?: string;
  /** Working directory and place of the log. */
  readonly folder: string;
  /** The rendered file that the program reads. */
  readonly file: string;
  /** More options of the JVM: agents, `-D` settings. A logging option replaces the suite's own. @default - none */
  readonly jvmArgs?: readonly string[];
  /** Added to the environment. @default - nothing */
  readonly env?: Readonly<Record<string, string>>;
}

async function start(main: string, name: string, options: KafkaProcessOptions): Promise<JavaProcess> {
  const own = options.jvmArgs ?? [];
  const logging = own.some((arg) => arg.startsWith('-Dlog4j'))
    ? []
    : [loggingOption(options.version, options.folder, { level: 'INFO', stream: 'System.out' })];
  return JavaProcess.start({
    name: options.name ?? name,
    classpath: await kafkaJars(options.version),
    main,
    args: [options.file],
    jvmArgs: [...(await mappedClasses(options.version)), ...logging, ...own],
    folder: options.folder,
    ...(options.env === undefined ? {} : { env: options.env }),
  });
}

/** Starts a Kafka node (broker, controller or both) from its properties file; see `KAFKA_STARTED` for when it is up. */
export function startKafka(options: KafkaProcessOptions): Promise<JavaProcess> {
  return start('kafka.Kafka', 'kafka', options);
}

/** Starts a ZooKeeper server from its zoo.cfg. */
export function startZookeeper(options: KafkaProcessOptions): Promise<JavaProcess> {
  return start('org.apache.zookeeper.server.quorum.QuorumPeerMain', 'zookeeper', options);
}

/** What a Kafka node writes when all of it has started, in ZooKeeper mode and in KRaft. */
export const KAFKA_STARTED = /started \(kafka\.server\.Kafka(Raft)?Server\)/;

/** What a ZooKeeper server on its own, or a member of an ensemble that has found its leader, writes when it serves. */
export const ZOOKEEPER_SERVES = /binding to port|LEADING - LEADER ELECTION TOOK|FOLLOWING - LEADER ELECTION TOOK/;
