import { type KafkaAdmin, type Outcome, parsePartitionKey, partitionKey } from '../kafka';
import { failed, ofItems, type StepOutcome } from './outcome';
import type { Ownership } from './ownership';
import type { ChangeReplication, Step } from './step';
import { stillMoving } from './still-moving';
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
 * 2. A hundred moves at once are asked for, since what is moved lies on its old and its new brokers until it is done.
 * 3. Once none is under way any more the throttle goes. A run that broke off before is finished by the next one from here.
 */
export async function moveReplicas(
  steps: readonly ChangeReplication[],
  admin: KafkaAdmin,
  options: MoveOptions,
): Promise<readonly StepOutcome[]> {
  const topics = steps.map(({ topic }) => topic);
  const moves = new Map(
    steps.flatMap(({ topic, moves }) =>
      Object.entries(moves).map(([id, replicas]) => [partitionKey(topic, Number(id)), replicas] as const),
    ),
  );
  const subjects = [...options.throttles] as ThrottleSubject[];
  if (steps.some(isCopying)) {
    await options.prove();
    await throttle(admin, subjects, options.throttleBytesPerSecond);
  }
  const { answers, left } = await moveAll(admin, moves, new Set(topics), options);
  const done = new Set(topics.filter((topic) => !left.has(topic)));
  // Brokers stay throttled while anything moves that was recorded, by this run or by one that broke off.
  const allDone = [...options.moving].every((topic) => done.has(topic));
  const free = subjects.filter((subject) => (subject.startsWith('topic ') ? done.has(subject.slice(6)) : allDone));
  if (free.length > 0) {
    await options.prove();
    await liftThrottles(admin, free, options.freed);
  }
  return steps.map((step) => {
    const keys = Object.keys(step.moves).map((id) => partitionKey(step.topic, Number(id)));
    const outcome = ofItems(
      step,
      keys.filter((key) => answers.has(key)).map((key) => answers.get(key)),
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

const atOnce = 100;

interface Moved {
  /** One for each move that was asked for. */
  readonly answers: ReadonlyMap<string, Outcome | undefined>;
  /** Topics that have moves under way, or not yet asked for. */
  readonly left: ReadonlySet<string>;
}

async function moveAll(
  admin: KafkaAdmin,
  moves: ReadonlyMap<string, readonly number[]>,
  topics: ReadonlySet<string>,
  { withinMs, prove, onMoving }: MoveOptions,
): Promise<Moved> {
  const deadline = Date.now() + withinMs;
  const answers = new Map<string, Outcome | undefined>();
  const waiting = [...moves];
  for (;;) {
    const wave = new Map(waiting.splice(0, atOnce));
    if (wave.size > 0) {
      await prove();
      const given = await admin.reassign(wave);
      for (const key of wave.keys()) answers.set(key, given.get(key));
    }
    const under = await stillMoving(admin, topics, deadline, (count) => onMoving(count + waiting.length));
    if (under.size > 0 || waiting.length === 0)
      return { answers, left: new Set([...under, ...waiting.map(([key]) => parsePartitionKey(key).topic)]) };
  }
}
