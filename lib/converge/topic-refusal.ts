import type { DesiredTopic } from './desired';
import type { Live } from './live';
import type { Refuse } from './step';

/** What can't or may not be done to a topic, and what to do instead; `what` tells refusals of one topic apart. */
export function topicRefusal(topic: string, what: string, reason: string, remedy: string): Refuse {
  const subject = `topic ${topic}`;
  return { kind: 'refuse', id: `refuse ${subject} ${what}`, class: 'no-op', affects: [], undo: [], subject, reason, remedy };
}

/** More copies are wanted than there are brokers. */
export function tooFewBrokers(topic: DesiredTopic, { brokers }: Live): Refuse {
  const reason = `${topic.replicationFactor} replicas need as many brokers, and ${brokers.length} are there`;
  return topicRefusal(topic.name, 'replication', reason, 'start the missing brokers, or lower replicationFactor');
}
