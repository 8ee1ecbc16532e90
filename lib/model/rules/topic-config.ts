import type { Environment } from '../environment';
import { cleanupPolicy, retentionBytes, segmentBytes, wholeNumber } from '../topic-settings';
import type { Finding, Rule } from './rule';

function checkRetention(environment: Environment): Finding[] {
  return environment.topics.flatMap((topic) => {
    const policy = cleanupPolicy(environment, topic);
    if (policy.has('delete') || !policy.has('compact')) return [];
    return (['retention.ms', 'retention.bytes'] as const)
      .filter((key) => (wholeNumber(topic.config[key]) ?? -1) >= 0)
      .map((key) => ({
        path: ['topics', topic.name, 'config', key],
        message: `${key} ${topic.config[key]} has no effect with cleanup.policy=compact; write "compact,delete" or remove it`,
      }));
  });
}

export const topicConfigRules: readonly Rule[] = [
  {
    code: 'topic/compact-ignores-retention',
    severity: 'warning',
    reason: 'A topic that is only compacted keeps the last record of every key whatever its age.',
    reads: ['kafka.config.**'],
    check: checkRetention,
  },
  {
    code: 'topic/segment-exceeds-retention',
    severity: 'warning',
    reason: 'Whole segments are deleted, so a retention below one segment keeps more than it says.',
    reads: ['kafka.config.**'],
    check: (environment) =>
      environment.topics.flatMap((topic) => {
        const kept = retentionBytes(environment, topic);
        const segment = segmentBytes(environment, topic);
        if (kept === undefined || topic.config['retention.bytes'] === undefined || segment <= kept) return [];
        const message = `retention.bytes ${kept} is below segment.bytes ${segment}, and only whole segments are deleted; lower segment.bytes or raise retention.bytes`;
        return [{ path: ['topics', topic.name, 'config', 'retention.bytes'], message }];
      }),
  },
  {
    code: 'topic/deletion-disabled',
    severity: 'error',
    reason: 'A convergence that may delete topics never ends on brokers that refuse to.',
    reads: ['convergence.**'],
    check: ({ kafka, convergence }) =>
      convergence.deleteTopics && String(kafka.config['delete.topic.enable']) === 'false'
        ? [
            {
              path: ['kafka', 'config', 'delete.topic.enable'],
              message: 'delete.topic.enable=false refuses what convergence.deleteTopics: true wants; change one of them',
            },
          ]
        : [],
  },
  {
    code: 'topic/auto-creation',
    severity: 'warning',
    reason: 'With automatic creation a misspelt name becomes a topic that nobody declared.',
    check: (environment) =>
      environment.kind === 'production' && String(environment.kafka.config['auto.create.topics.enable']) === 'true'
        ? [
            {
              path: ['kafka', 'config', 'auto.create.topics.enable'],
              message: 'auto.create.topics.enable=true in production makes topics nobody declared; write false',
            },
          ]
        : [],
  },
];
