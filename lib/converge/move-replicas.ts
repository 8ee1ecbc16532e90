import type { KafkaAdmin } from '../kafka';
import { failed, ofItems, type StepOutcome } from './outcome';
import type { ChangeReplication } from './step';

/** How replicas are moved. */
export interface MoveOptions {
  /** What each broker may send and take while replicas move, in bytes per second. */
  readonly throttleBytesPerSecond: number;
  /** How long to wait for them, in milliseconds; running again waits on. */
  readonly withinMs: number;
  /** Asked before each write. */
  readonly prove: () => Promise<void>;
  readonly onMoving: (partitions: number) => void;
}

const brokerRates = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'] as const;
const topicThrottles = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'] as const;

/**
 * Moves replicas and waits until they are where they belong.
 *
 * 1. Brokers and topics get a throttle, where copies are made.
 * 2. Every move is asked for at once.
 * 3. Once none is under way any more the throttle goes. A run that broke off before is finished by the next one from here.
 */
export async function moveReplicas(
  steps: readonly ChangeReplication[],
  admin: KafkaAdmin,
  options: MoveOptions,
): Promise<readonly StepOutcome[]> {
  const topics = steps.map(({ topic }) => topic);
  const moves = new Map(
    steps.flatMap(({ topic, moves }) => Object.entries(moves).map(([id, replicas]) => [`${topic}-${id}`, replicas] as const)),
  );
  const growing = steps.some(({ from, to, moves }) => to > from && Object.keys(moves).length > 0);
  if (growing) {
    await options.prove();
    await throttle(admin, topics, options.throttleBytesPerSecond);
  }
  const answers = await ask(admin, moves, options);
  const left = await finished(admin, new Set(topics), options);
  if (left.size < topics.length) {
    await options.prove();
    await unthrottle(
      admin,
      topics.filter((topic) => !left.has(topic)),
      left.size === 0,
    );
  }
  return steps.map((step) => {
    const ids = Object.keys(step.moves);
    const outcome = ofItems(
      step,
      ids.map((id) => answers.get(`${step.topic}-${id}`)),
    );
    return outcome.status === 'done' && left.has(step.topic)
      ? failed(step, 'timed-out', 'its replicas are still moving; run again to see them to the end')
      : outcome;
  });
}

async function ask(admin: KafkaAdmin, moves: ReadonlyMap<string, readonly number[]>, { prove }: MoveOptions) {
  if (moves.size === 0) return new Map();
  await prove();
  return admin.reassign(moves);
}

async function throttle(admin: KafkaAdmin, topics: readonly string[], rate: number): Promise<void> {
  await admin.alterBrokerConfigs(await onEveryBroker(admin, String(rate)));
  await admin.alterTopicConfigs(new Map(topics.map((topic) => [topic, Object.fromEntries(topicThrottles.map((key) => [key, '*']))])));
}

async function unthrottle(admin: KafkaAdmin, topics: readonly string[], all: boolean): Promise<void> {
  await admin.alterTopicConfigs(new Map(topics.map((topic) => [topic, Object.fromEntries(topicThrottles.map((key) => [key, null]))])));
  if (all) await admin.alterBrokerConfigs(await onEveryBroker(admin, null));
}

async function onEveryBroker(admin: KafkaAdmin, value: string | null) {
  const { brokers } = await admin.cluster();
  return new Map(brokers.map(({ id }) => [id, Object.fromEntries(brokerRates.map((key) => [key, value]))]));
}

/** Waits for the moves of these topics; gives the topics of those that are still under way. */
async function finished(admin: KafkaAdmin, topics: ReadonlySet<string>, { withinMs, onMoving }: MoveOptions): Promise<ReadonlySet<string>> {
  const deadline = Date.now() + withinMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 5_000)) {
    const under = [...(await admin.reassignments()).keys()].filter((partition) =>
      topics.has(partition.slice(0, partition.lastIndexOf('-'))),
    );
    onMoving(under.length);
    if (under.length === 0 || Date.now() > deadline)
      return new Set(under.map((partition) => partition.slice(0, partition.lastIndexOf('-'))));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
