import type { Environment } from './environment';

/** The broker setting that keeps brokers of two releases on one language. With ZooKeeper alone: KRaft has its metadata version. */
export const protocolSetting = 'inter.broker.protocol.version';

/** Which Kafka a node is started with. */
export interface StartedKafka {
  /** Major and minor of the Apache Kafka: `3.9`. */
  readonly line: string;
  /** The Kafka line whose inter-broker protocol a broker speaks: `3.6`. Absent on KRaft. */
  readonly protocol?: string;
}

/** The Kafka line that a protocol is of: `3.6` for `3.6-IV2`. Undefined for what is no protocol. */
export function protocolLine(value: string): string | undefined {
  return /^\d+(?:\.\d+)+(?=-IV\d+$|$)/.exec(value.trim())?.[0];
}

/** What the nodes of an environment are started with. Where nothing is said, brokers speak the protocol of their own release. */
export function startedKafka({ kafka, metadata }: Pick<Environment, 'kafka' | 'metadata'>): StartedKafka {
  const { line } = kafka.version;
  if (metadata.mode === 'kraft') return { line };
  return { line, protocol: protocolLine(String(kafka.config[protocolSetting] ?? line)) ?? line };
}

const names = { line: 'kafkon.dev/kafka-line', protocol: 'kafkon.dev/inter-broker-protocol' } as const;

/** What a pod or a container bears of the Kafka it was started with: annotations on Kubernetes, labels on Docker. */
export function startedKafkaLabels({ line, protocol }: StartedKafka): Readonly<Record<string, string>> {
  return { [names.line]: line, ...(protocol === undefined ? {} : { [names.protocol]: protocol }) };
}

/** Reads them back; undefined where they are not there. */
export function readStartedKafka(labels: Readonly<Record<string, string>>): StartedKafka | undefined {
  const { [names.line]: line, [names.protocol]: protocol } = labels;
  return line === undefined ? undefined : { line, ...(protocol === undefined ? {} : { protocol }) };
}
