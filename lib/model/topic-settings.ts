import type { Environment } from './environment';
import type { Topic } from './topic';

type Value = string | number | boolean;

/** A topic's setting, or the brokers' value where the topic has none. */
function setting(environment: Environment, topic: Topic, key: string, brokerKey: string): Value | undefined {
  return topic.config[key] ?? environment.kafka.config[brokerKey];
}

/** How many replicas must have a record before it is acknowledged. */
export function minInsyncReplicas(environment: Environment, topic: Topic): number {
  return wholeNumber(setting(environment, topic, 'min.insync.replicas', 'min.insync.replicas')) ?? 1;
}

/** `cleanup.policy` as a set of words. */
export function cleanupPolicy(environment: Environment, topic: Topic): ReadonlySet<string> {
  const text = String(setting(environment, topic, 'cleanup.policy', 'log.cleanup.policy') ?? 'delete');
  return new Set(text.split(',').map((word) => word.trim()));
}

/** Milliseconds; undefined for ever. */
export function retentionMs(environment: Environment, topic: Topic): number | undefined {
  const broker = environment.kafka.config;
  const minutes = wholeNumber(broker['log.retention.minutes']);
  const hours = wholeNumber(broker['log.retention.hours']) ?? 168;
  const fallback = wholeNumber(broker['log.retention.ms']) ?? (minutes === undefined ? hours * 3_600_000 : minutes * 60_000);
  const value = wholeNumber(topic.config['retention.ms']) ?? fallback;
  return value < 0 ? undefined : value;
}

/** Bytes of one partition; undefined without limit. */
export function retentionBytes(environment: Environment, topic: Topic): number | undefined {
  const value = wholeNumber(setting(environment, topic, 'retention.bytes', 'log.retention.bytes')) ?? -1;
  return value < 0 ? undefined : value;
}

/** Bytes. */
export function segmentBytes(environment: Environment, topic: Topic): number {
  return wholeNumber(setting(environment, topic, 'segment.bytes', 'log.segment.bytes')) ?? 2 ** 30;
}

/** Milliseconds. */
export function segmentMs(environment: Environment, topic: Topic): number {
  return wholeNumber(setting(environment, topic, 'segment.ms', 'log.roll.ms')) ?? 7 * 24 * 3_600_000;
}

/** A whole number out of a setting, however it was written. */
export function wholeNumber(value: Value | undefined): number | undefined {
  if (value === undefined || typeof value === 'boolean' || !/^[+-]?\d+$/.test(String(value).trim())) return undefined;
  return Number(value);
}
