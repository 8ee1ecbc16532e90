import type { KafkaAdmin } from '../kafka';
import { failed, ofItems, type StepOutcome } from './outcome';
import type { Ownership } from './ownership';
import type { ChangeReplication, Step } from './step';
import { noThrottling, type ThrottleSubject, type Throttling, throttle, throttlingOf, unthrottle } from './throttle';

/** How replicas are moved. */
export interface MoveOptions {
  /** What each broker may send and take while replicas move, in bytes per second. */
  readonly throttleBytesPerSecond: number;
  /** The brokers and topics that the record says are throttled by us; nothing else is. */
  readonly throttles: ReadonlySet<string>;
  /** Those of them that were taken away, which is filled here. */
  readonly freed: Set<string>;
  /** All topics that the record says are being moved by us. */
  readonly moving: ReadonlySet<string>;
  /** How long to wait for them, in milliseconds; running again waits on. */
  readonly withinMs: number;
  /** Asked before each write. */
  readonly prove: () => Promise<void>;
  readonly onMoving: (partitions: number) => void;
}

/** What may be throttled while these steps are done; nothing where no copies are made. */
export async function throttlingFor(steps: readonly Step[], admin: KafkaAdmin, { throttles }: Ownership): Promise<Throttling> {
  const topics = steps.flatMap((step) => (step.kind === 'change-replication' && isCopying(step) ? [step.topic] : []));
  return topics.length === 0 ? noThrottling : throttlingOf(admin, topics, throttles);
}

function isCopying({ from, to, moves, copies = to - from }: ChangeReplication): boolean {
  return copies > 0 && Object.keys(moves).length > 0;
}

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
  const subjects = [...options.throttles] as ThrottleSubject[];
  if (steps.some(isCopying)) {
    await options.prove();
    await throttle(admin, subjects, options.throttleBytesPerSecond);
  }
  const answers = await ask(admin, moves, options);
  const left = await finished(admin, new Set(topics), options);
  const done = new Set(topics.filter((topic) => !left.has(topic)));
  // Brokers stay throttled while anything moves that was recorded, by this run or by one that broke off.
  const allDone = [...options.moving].every((topic) => done.has(topic));
  const free = subjects.filter((subject) => (subject.startsWith('topic ') ? done.has(subject.slice(6)) : allDone));
  if (free.length > 0) {
    await options.prove();
    await liftThrottles(admin, free, options.freed);
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

/** Takes throttles away; what could not be, of a broker that is down for one, stays in the record, and the next run tries again. */
export async function liftThrottles(admin: KafkaAdmin, throttles: Iterable<string>, freed: Set<string>): Promise<void> {
  const subjects = [...throttles] as ThrottleSubject[];
  const left = await unthrottle(admin, subjects);
  for (const subject of subjects) if (!left.has(subject)) freed.add(subject);
}

async function ask(admin: KafkaAdmin, moves: ReadonlyMap<string, readonly number[]>, { prove }: MoveOptions) {
  if (moves.size === 0) return new Map();
  await prove();
  return admin.reassign(moves);
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
