/** Confluent Platform's minor releases and the Apache Kafka each one carries. */
export const confluentToKafka: Readonly<Record<string, string>> = {
  '7.0': '3.0',
  '7.1': '3.1',
  '7.2': '3.2',
  '7.3': '3.3',
  '7.4': '3.4',
  '7.5': '3.5',
  '7.6': '3.6',
  '7.7': '3.7',
  '7.8': '3.8',
  '7.9': '3.9',
  '8.0': '4.0',
  '8.1': '4.1',
};

/** The ZooKeeper that an Apache Kafka line is built with. */
const bundledZookeeper: Readonly<Record<string, string>> = {
  '3.5': '3.6.4',
  '3.6': '3.8.3',
  '3.7': '3.8.4',
  '3.8': '3.8.4',
  '3.9': '3.8.4',
};

export type Distribution = 'apache' | 'confluent';

/** A release of a distribution and the Apache Kafka inside it. */
export interface KafkaVersion {
  readonly distribution: Distribution;
  /** The distribution's own release: `3.9.2` for Apache's, `7.6.0` for Confluent's. */
  readonly release: string;
  /** Major and minor of the Apache Kafka inside: `3.6` for Confluent 7.6. */
  readonly line: string;
}

/** The Kafka inside a release, or undefined when a Confluent release is not in the table. */
export function kafkaVersion(distribution: Distribution, release: string): KafkaVersion | undefined {
  const minor = release.split('.').slice(0, 2).join('.');
  const line = distribution === 'apache' ? minor : confluentToKafka[minor];
  return line === undefined ? undefined : { distribution, release, line };
}

/** Compares dotted numbers: negative when `left` is older. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** ZooKeeper ended with Kafka 3.9. */
export function supportsZookeeper(version: KafkaVersion): boolean {
  return compareVersions(version.line, '4.0') < 0;
}

/** KRaft is ready for production since Kafka 3.3. */
export function supportsKraft(version: KafkaVersion): boolean {
  return compareVersions(version.line, '3.3') >= 0;
}

/** Controllers can join and leave a running quorum since Kafka 3.9 (KIP-853). */
export function supportsDynamicQuorum(version: KafkaVersion): boolean {
  return compareVersions(version.line, '3.9') >= 0;
}

/** The ZooKeeper release that comes with a Kafka line; undefined for KRaft-only lines. */
export function zookeeperVersionOf(version: KafkaVersion): string | undefined {
  return bundledZookeeper[version.line];
}

/** The first Apache Kafka with an `apache/kafka` image. */
export const firstApacheImage = '3.7.0';
