/** A setting of topics, as far as the cluster in memory knows it: a small part of Kafka's own, enough to be right or wrong about. */
interface Setting {
  readonly byDefault: string;
  /** The brokers' setting that topics inherit from. */
  readonly broker: string;
  readonly valid: RegExp;
}

const whole = /^-?\d+$/;
const share = /^(0(\.\d+)?|1(\.0+)?)$/;
const flag = /^(true|false)$/;

/** By the topic's key. */
export const topicSettings: Readonly<Record<string, Setting>> = {
  'cleanup.policy': { byDefault: 'delete', broker: 'log.cleanup.policy', valid: /^(delete|compact|compact,delete|delete,compact)$/ },
  'compression.type': { byDefault: 'producer', broker: 'compression.type', valid: /^(producer|uncompressed|gzip|snappy|lz4|zstd)$/ },
  'delete.retention.ms': { byDefault: '86400000', broker: 'log.cleaner.delete.retention.ms', valid: whole },
  'file.delete.delay.ms': { byDefault: '60000', broker: 'log.segment.delete.delay.ms', valid: whole },
  'flush.messages': { byDefault: '9223372036854775807', broker: 'log.flush.interval.messages', valid: whole },
  'flush.ms': { byDefault: '9223372036854775807', broker: 'log.flush.interval.ms', valid: whole },
  'follower.replication.throttled.replicas': { byDefault: '', broker: 'follower.replication.throttled.replicas', valid: /^(\*|[\d:,]*)$/ },
  'index.interval.bytes': { byDefault: '4096', broker: 'log.index.interval.bytes', valid: whole },
  'leader.replication.throttled.replicas': { byDefault: '', broker: 'leader.replication.throttled.replicas', valid: /^(\*|[\d:,]*)$/ },
  'max.compaction.lag.ms': { byDefault: '9223372036854775807', broker: 'log.cleaner.max.compaction.lag.ms', valid: whole },
  'max.message.bytes': { byDefault: '1048588', broker: 'message.max.bytes', valid: /^\d+$/ },
  'message.timestamp.type': { byDefault: 'CreateTime', broker: 'log.message.timestamp.type', valid: /^(CreateTime|LogAppendTime)$/ },
  'min.cleanable.dirty.ratio': { byDefault: '0.5', broker: 'log.cleaner.min.cleanable.ratio', valid: share },
  'min.compaction.lag.ms': { byDefault: '0', broker: 'log.cleaner.min.compaction.lag.ms', valid: whole },
  'min.insync.replicas': { byDefault: '1', broker: 'min.insync.replicas', valid: /^[1-9]\d*$/ },
  preallocate: { byDefault: 'false', broker: 'log.preallocate', valid: flag },
  'retention.bytes': { byDefault: '-1', broker: 'log.retention.bytes', valid: whole },
  'retention.ms': { byDefault: '604800000', broker: 'log.retention.ms', valid: whole },
  'segment.bytes': { byDefault: '1073741824', broker: 'log.segment.bytes', valid: /^\d+$/ },
  'segment.index.bytes': { byDefault: '10485760', broker: 'log.index.size.max.bytes', valid: /^\d+$/ },
  'segment.jitter.ms': { byDefault: '0', broker: 'log.roll.jitter.ms', valid: whole },
  'segment.ms': { byDefault: '604800000', broker: 'log.roll.ms', valid: /^[1-9]\d*$/ },
  'unclean.leader.election.enable': { byDefault: 'false', broker: 'unclean.leader.election.enable', valid: flag },
};

const brokerSettings: ReadonlyMap<string, RegExp> = new Map([
  ...Object.values(topicSettings).map(({ broker, valid }) => [broker, valid] as const),
  ['leader.replication.throttled.rate', /^\d+$/],
  ['follower.replication.throttled.rate', /^\d+$/],
]);

/** What is wrong with a setting of a topic or a broker; undefined when nothing is. Null, which resets, is right for any known key. */
export function settingProblem(of: 'topic' | 'broker', key: string, value: string | null): string | undefined {
  const valid = of === 'topic' ? topicSettings[key]?.valid : brokerSettings.get(key);
  if (valid === undefined) return `Unknown ${of} config name: ${key}`;
  return value === null || valid.test(value) ? undefined : `Invalid value ${value} for configuration ${key}`;
}
