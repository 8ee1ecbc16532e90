import { compareVersions, type Distribution, type Environment } from '../model';

/** What one distributor's images of Kafka and ZooKeeper have in common: who they run as, where things lie, how they log. */
export interface ImageFamily {
  readonly name: Distribution;
  /** The numeric id of the images' own user: pod security refuses names. */
  readonly user: number;
  /** Absolute paths of the programs inside the container. */
  readonly programs: {
    readonly kafka: string;
    /** Kafka up to 3.9 only. */
    readonly zookeeper: string;
    readonly storage: string;
    readonly configs: string;
    readonly mirrorMaker: string;
  };
  /** Where the programs create files even when they log to the console alone (`LOG_DIR`). */
  readonly logDirectory: string;
  /** Where an image may bring the classes of a broker ready to be mapped, for the JVM that it brings too. @default - it has none */
  readonly classArchive?: string;
}

/** Every family Kafkon knows. */
export const imageFamilies: Readonly<Record<Distribution, ImageFamily>> = {
  apache: {
    name: 'apache',
    user: 1000,
    programs: {
      kafka: '/opt/kafka/bin/kafka-server-start.sh',
      zookeeper: '/opt/kafka/bin/zookeeper-server-start.sh',
      storage: '/opt/kafka/bin/kafka-storage.sh',
      configs: '/opt/kafka/bin/kafka-configs.sh',
      mirrorMaker: '/opt/kafka/bin/connect-mirror-maker.sh',
    },
    logDirectory: '/opt/kafka/logs',
    classArchive: '/opt/kafka/kafka.jsa',
  },
  confluent: {
    name: 'confluent',
    user: 1000,
    programs: {
      kafka: '/usr/bin/kafka-server-start',
      zookeeper: '/usr/bin/zookeeper-server-start',
      storage: '/usr/bin/kafka-storage',
      configs: '/usr/bin/kafka-configs',
      mirrorMaker: '/usr/bin/connect-mirror-maker',
    },
    logDirectory: '/var/log/kafka',
  },
};

/** The family of an environment's Kafka. */
export function imageFamilyOf(environment: Environment): ImageFamily {
  return imageFamilies[environment.kafka.version.distribution];
}

/** The logging library of a Kafka line: log4j 1 up to 3.9, log4j 2 from 4.0 on. */
export type LoggingLibrary = 'log4j' | 'log4j2';

/** Which logging library a Kafka line (`3.9`, `4.3`) comes with. */
export function loggingLibraryOf(line: string): LoggingLibrary {
  return compareVersions(line, '4.0') < 0 ? 'log4j' : 'log4j2';
}
