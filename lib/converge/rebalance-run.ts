import { ClusterFailure, type KafkaAdmin, type Outcome, partitionKey } from '../kafka';
import { ownershipTopic } from '../model';
import type { ApplyPorts } from './apply-options';
import { ConvergeError } from './converge-error';
import type { Desired } from './desired';
import { LockLost } from './lock';
import type { Ownership } from './ownership';
import type { ReplicaMove } from './rebalance';
import { isCopied, planRebalance, type RebalancePlan, requireDoable, strayLeaders } from './rebalance-plan';
import { stillMoving } from './still-moving';
import { noThrottling, type ThrottleSubject, throttle, throttlingOf, unthrottle } from './throttle';

/** How replicas are moved. */
export interface RebalanceOptions {
  /** What each broker may send and take while replicas move, in bytes per second. @default 50000000 */
  readonly throttleBytesPerSecond?: number;
  /** How many partitions are moved at once. @default 100 */
  readonly atOnce?: number;
  /** How long to wait for them, in milliseconds; running again waits on. @default 86400000, a day */
  readonly withinMs?: number;
  readonly onProgress?: (progress: RebalanceProgress) => void;
}

/** Where a run is. */
export type RebalanceProgress =
  | { readonly doing: 'moving'; readonly done: number; readonly total: number }
  /** Throttles of somebody else, in words: they stay, and moves are as slow as they say. */
  | { readonly doing: 'throttled-by-others'; readonly throttles: readonly string[] }
  | { readonly doing: 'electing'; readonly count: number };

/** What a run did. */
export interface RebalanceResult {
  /** `partial`: some partitions could not be moved; `interrupted`: it broke off, and running again finishes it. */
  readonly status: 'nothing-to-do' | 'complete' | 'partial' | 'interrupted';
  /** Partitions whose new places hold. */
  readonly moved: number;
  readonly elected: number;
  /** By `topic-partition`, why it was not moved. */
  readonly failed: Readonly<Record<string, string>>;
  readonly interruption?: string;
}

/**
 * Does exactly what a plan of a rebalance says.
 *
 * 1. The lock is taken and everything is planned again: another outcome means that the plan is stale.
 * 2. What will move and be throttled is recorded, so that a run that breaks off is finished by the next one.
 * 3. Brokers and topics that nobody else has throttled get a throttle.
 * 4. Partitions move some at a time; all copies are made before one is given up.
 * 5. The throttle is taken away, preferred leaders are elected, and the record forgets both.
 *
 * @throws ConvergeError when nothing may be done; ClusterFailure when the cluster could not be asked before anything was done
 */
export async function applyRebalance(
  plan: RebalancePlan,
  desired: Desired,
  ports: ApplyPorts,
  options: RebalanceOptions = {},
): Promise<RebalanceResult> {
  requireDoable(plan);
  const progress = new Tally(plan);
  const lock = await ports.lock.take();
  try {
    const again = await planRebalance(desired, ports, { empty: plan.empty });
    requireDoable(again);
    if (JSON.stringify(again.moves) !== JSON.stringify(plan.moves))
      throw new ConvergeError('stale', 'replicas are not where they were when this was planned; plan it again');
    return await run({ plan: again, desired, ports, prove: () => lock.prove(), options, tally: progress });
  } catch (error) {
    if (!(error instanceof ClusterFailure) && !(error instanceof LockLost)) throw error;
    if (!progress.began) throw error;
    return progress.result('interrupted', error.message);
  } finally {
    await lock.release();
  }
}

interface Run {
  readonly plan: RebalancePlan;
  readonly desired: Desired;
  readonly ports: ApplyPorts;
  readonly prove: () => Promise<void>;
  readonly options: RebalanceOptions;
  readonly tally: Tally;
}

async function run(job: Run): Promise<RebalanceResult> {
  const { plan, ports, prove, options, tally } = job;
  const { admin } = ports;
  const before = await ports.ownership.read();
  const copied = [...new Set(plan.moves.filter(isCopied).map(({ topic }) => topic))].sort();
  const throttling = copied.length === 0 ? noThrottling : await throttlingOf(admin, copied, before.throttles);
  if (throttling.foreign.length > 0) options.onProgress?.({ doing: 'throttled-by-others', throttles: throttling.foreign });
  const ours = new Set([...before.throttles, ...throttling.own]);
  const topics = plan.moves.map(({ topic }) => topic);
  const moving = new Set([...before.moving, ...topics, ...(topics.length > 0 ? [ownershipTopic] : [])]);
  if (moving.size > 0) {
    await prove();
    tally.began = true;
    await ports.ownership.write({ ...before, environment: plan.environment, moving, throttles: ours });
    await prove();
    await throttle(admin, throttling.own, options.throttleBytesPerSecond ?? 50_000_000);
    const moves = [...plan.moves, ...(await movesOfRecord(job, before))];
    if (!(await moveAll({ ...job, plan: { ...plan, moves } }, moving))) return tally.result('interrupted', 'replicas are still moving');
  }
  if (ours.size > 0) await prove();
  const left = await unthrottle(admin, ours as ReadonlySet<ThrottleSubject>);
  await electStrays(job);
  if (moving.size + ours.size > 0) {
    await prove();
    await ports.ownership.write({ ...(await ports.ownership.read()), moving: new Set(), throttles: left });
  }
  return tally.result(Object.keys(tally.failed).length === 0 ? 'complete' : 'partial');
}

/** Where the record is written for the first time its own topic is new, and brokers that shall be empty may have got it. */
async function movesOfRecord({ plan, desired, ports }: Run, before: Ownership): Promise<readonly ReplicaMove[]> {
  if (before.environment !== undefined || plan.empty.length === 0) return [];
  const { moves } = await planRebalance(desired, ports, { empty: plan.empty });
  return moves.filter(
    ({ topic, partition }) => topic === ownershipTopic && !plan.moves.some((move) => move.topic === topic && move.partition === partition),
  );
}

/** Moves partitions some at a time, after those that a run before left under way; false when the time is up. */
async function moveAll({ plan, ports, prove, options, tally }: Run, moving: ReadonlySet<string>): Promise<boolean> {
  const { admin } = ports;
  const deadline = Date.now() + (options.withinMs ?? 86_400_000);
  const { atOnce = 100 } = options;
  const tell = (under: number) => options.onProgress?.({ doing: 'moving', done: tally.asked - under, total: plan.moves.length });
  if ((await stillMoving(admin, moving, deadline, () => undefined)).size > 0) return false;
  for (let at = 0; at < plan.moves.length; at += atOnce) {
    const wave = plan.moves.slice(at, at + atOnce);
    await prove();
    const answers = await admin.reassign(new Map(wave.map(({ topic, partition, to }) => [partitionKey(topic, partition), to])));
    tally.count(wave, answers);
    if ((await stillMoving(admin, moving, deadline, tell)).size > 0) return false;
  }
  await settle(admin, tally);
  return true;
}

const showMs = 30_000;

/** Waits until brokers show the new places, which they learn a moment after the controller. What somebody has cancelled never does. */
async function settle(admin: KafkaAdmin, tally: Tally): Promise<void> {
  const deadline = Date.now() + showMs;
  for (let pause = 5; tally.accepted.length > 0; pause = Math.min(pause * 2, 1_000)) {
    const topics = await admin.topics([...new Set(tally.accepted.map(({ topic }) => topic))]);
    const places = new Map(
      topics.flatMap(({ name, partitions }) => partitions.map(({ id, replicas }) => [partitionKey(name, id), replicas])),
    );
    // A topic that somebody has deleted meanwhile has no place any more.
    const missing = tally.accepted.filter(
      ({ topic, partition, to }) => (places.get(partitionKey(topic, partition)) ?? to).join() !== to.join(),
    );
    if (missing.length === 0) return;
    if (Date.now() > deadline) return tally.lose(missing);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

const electionMs = 30_000;

async function electStrays({ ports: { admin }, prove, options, tally }: Run): Promise<void> {
  let strays = strayLeaders(await admin.topics());
  if (strays.length === 0) return;
  options.onProgress?.({ doing: 'electing', count: strays.length });
  await prove();
  tally.began = true;
  const answers = await admin.electPreferredLeaders(strays);
  const asked = strays.filter((key) => answers.get(key)?.done === true);
  const deadline = Date.now() + electionMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 500)) {
    strays = strayLeaders(await admin.topics());
    const open = asked.filter((key) => strays.includes(key)).length;
    tally.elected = asked.length - open;
    if (open === 0 || Date.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** What has come of a run so far. */
class Tally {
  began = false;
  elected = 0;
  asked = 0;
  readonly failed: Record<string, string> = {};
  accepted: readonly ReplicaMove[] = [];

  constructor(readonly plan: RebalancePlan) {}

  count(wave: readonly ReplicaMove[], answers: ReadonlyMap<string, Outcome>): void {
    this.asked += wave.length;
    for (const move of wave) {
      const key = partitionKey(move.topic, move.partition);
      const answer = answers.get(key);
      if (answer?.done === true) this.accepted = [...this.accepted, move];
      else this.failed[key] = answer?.message ?? 'the cluster did not answer for it';
    }
  }

  lose(moves: readonly ReplicaMove[]): void {
    this.accepted = this.accepted.filter((move) => !moves.includes(move));
    for (const { topic, partition } of moves) this.failed[partitionKey(topic, partition)] = 'its move was taken back by somebody else';
  }

  result(status: RebalanceResult['status'], interruption?: string): RebalanceResult {
    const { accepted, elected, failed } = this;
    return { status, moved: accepted.length, elected, failed, ...(interruption === undefined ? {} : { interruption }) };
  }
}
