import type { KafkaAdmin, Outcome } from '../kafka';

/** A setting by which a broker or a topic is throttled while replicas move: `broker 1`, `topic orders`. */
export type ThrottleSubject = `broker ${number}` | `topic ${string}`;

/** What may be throttled for moves of ours, and what somebody else has throttled, which stays as it is. */
export interface Throttling {
  /** Without any throttle yet, or with one of ours that a run which broke off has left. */
  readonly own: ReadonlySet<ThrottleSubject>;
  /** In words, one for each subject. */
  readonly foreign: readonly string[];
}

export const noThrottling: Throttling = { own: new Set(), foreign: [] };

const rates = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'] as const;
const replicas = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'] as const;

/**
 * Looks which of the brokers and of these topics are free to be throttled; `ours` are those that the record says we have throttled. A rate
 * that somebody has set for all brokers counts for each of them.
 */
export async function throttlingOf(admin: KafkaAdmin, topics: readonly string[], ours: ReadonlySet<string>): Promise<Throttling> {
  const ids = (await admin.cluster()).brokers.map(({ id }) => id).sort((a, b) => a - b);
  const [ofBrokers, ofTopics] = await Promise.all([
    admin.brokerConfigs([...ids, 'all']),
    topics.length === 0 ? new Map() : admin.topicConfigs(topics, replicas),
  ]);
  const own = new Set<ThrottleSubject>();
  const foreign: string[] = [];
  const rateOf = (broker: number | 'all') =>
    (ofBrokers.get(broker) ?? []).find(({ key, value }) => rates.some((rate) => rate === key) && value !== null)?.value;
  const everywhere = rateOf('all');
  for (const id of ids) {
    const rate = rateOf(id) ?? everywhere;
    if (rate === undefined || ours.has(`broker ${id}`)) own.add(`broker ${id}`);
    else foreign.push(`broker ${id} is throttled to ${rate} bytes a second already`);
  }
  for (const topic of topics) {
    const set = (ofTopics.get(topic) ?? []).some(
      ({ source, value }: { readonly source: string; readonly value: string | null }) => source === 'topic' && (value ?? '') !== '',
    );
    if (!set || ours.has(`topic ${topic}`)) own.add(`topic ${topic}`);
    else foreign.push(`the topic ${topic} has throttled replicas already`);
  }
  return { own, foreign };
}

/** Throttles subjects, in bytes per second for each broker. */
export async function throttle(admin: KafkaAdmin, subjects: Iterable<ThrottleSubject>, bytesPerSecond: number): Promise<void> {
  await change(admin, subjects, String(bytesPerSecond), '*');
}

/** Takes throttles away; gives those that could not be, of brokers that are down for one. */
export async function unthrottle(admin: KafkaAdmin, subjects: Iterable<ThrottleSubject>): Promise<ReadonlySet<ThrottleSubject>> {
  const changed = await change(admin, subjects, null, null);
  return new Set([...subjects].filter((subject) => !changed.has(subject)));
}

/** Gives the subjects that were changed; topics that are gone count as such. */
async function change(
  admin: KafkaAdmin,
  subjects: Iterable<ThrottleSubject>,
  rate: string | null,
  which: string | null,
): Promise<ReadonlySet<ThrottleSubject>> {
  const all = [...subjects];
  if (all.length === 0) return new Set();
  const there = new Set((await admin.cluster()).brokers.map(({ id }) => id));
  const brokers = all.flatMap((subject) => (subject.startsWith('broker ') ? Number(subject.slice(7)) : [])).filter((id) => there.has(id));
  const topics = all.flatMap((subject) => (subject.startsWith('topic ') ? subject.slice(6) : []));
  const changes = <Key>(of: readonly Key[], keys: readonly string[], value: string | null) =>
    new Map(of.map((subject) => [subject, Object.fromEntries(keys.map((key) => [key, value]))]));
  const [ofBrokers, ofTopics] = [
    brokers.length === 0 ? undefined : await admin.alterBrokerConfigs(changes(brokers, rates, rate)),
    topics.length === 0 ? undefined : await admin.alterTopicConfigs(changes(topics, replicas, which)),
  ];
  const isDone = (outcome: Outcome | undefined) => outcome !== undefined && (outcome.done || outcome.reason === 'not-found');
  return new Set(
    all.filter((subject) => isDone(subject.startsWith('broker ') ? ofBrokers?.get(subject.slice(7)) : ofTopics?.get(subject.slice(6)))),
  );
}
