import { expect, it } from '@jest/globals';
import { type ApplyResult, apply, ConvergeError, type Desired, desiredOf } from '../../../lib/converge';
import { ClusterFailure } from '../../../lib/kafka';
import type { AclEntry } from '../../../lib/model';
import type { Cut } from '../../support/kafka/request-proxies';
import { environmentFor, type Mode, type Session, type Stand, sessionOn } from './clusters';
import { type Snapshot, snapshotOf } from './snapshot';

const allow = { allow: ['data-loss', 'irreversible'] } as const;

/** Every kind of step there and back: what one turn makes, the next removes; but partitions, which only grow. */
function desiredIn(mode: Mode, turn: number, copies = false): Desired {
  const even = turn % 2 === 0;
  const topic = (partitions: number, config: object) => ({ partitions, replicationFactor: 1, config: config as Record<string, string> });
  return desiredOf(
    environmentFor(mode, {
      topics: {
        growing: topic(turn + 1, even ? { 'retention.ms': 3_600_000 } : { 'max.message.bytes': 100_000 }),
        [even ? 'even' : 'odd']: topic(1, { 'cleanup.policy': 'compact' }),
        ...(copies ? { copied: { ...topic(1, {}), replicationFactor: even ? 1 : 2 } } : {}),
      },
      // One account: each look at a password costs as much as ten requests.
      serviceAccounts: { worker: { authentication: even ? 'scram-sha-512' : 'scram-sha-256' } },
      access: [
        { intent: 'producer', principal: 'worker', topics: ['growing'] },
        { intent: 'consumer', principal: 'worker', topics: [even ? 'even' : 'odd'], groups: [even ? 'even' : 'odd'] },
      ],
      quotas: even ? [{ user: 'worker', consumerByteRate: 1_000_000 }] : [{ clientId: 'default', requestPercentage: 50 }],
    }),
  );
}

/** What somebody else has in the cluster. */
async function settleStrangers({ admin }: Session): Promise<void> {
  const acl: AclEntry = {
    principal: 'User:stranger',
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
    resourceType: 'TOPIC',
    resourceName: 'strange',
    patternType: 'PREFIXED',
  };
  await admin.createTopics([{ name: 'strange', partitions: 2, replicationFactor: 1, config: { 'retention.ms': '77' } }]);
  await admin.createAcls([acl]);
  await admin.upsertScramUsers([{ user: 'stranger', mechanism: 'SCRAM-SHA-512', iterations: 4096, password: 'a-password-of-a-test' }]);
  await admin.alterQuotas([{ user: 'stranger', limits: { producer_byte_rate: 7 } }]);
}

/** Where connections are cut, one after the other; a sweep ends when no request has the index any more. */
export interface Sweep {
  readonly cuts: (index: number) => readonly Omit<Cut, 'index'>[];
  /** Also copies of a topic, made and taken away under a throttle: half as many requests again. @default false */
  readonly copies?: boolean;
  /** The first index. @default 0 */
  readonly from?: number;
  /** @default 1 */
  readonly everyIndex?: number;
  /** Told after each cut how far the sweep is. @default - nobody is told */
  readonly onProgress?: (line: string) => void;
  /** @default 600_000 */
  readonly timeoutMs?: number;
}

/** A sweep that found as many wrong cuts as this goes on for nothing. */
const enough = 5;

/** A cut at each request of an apply, and the same again without one. */
export function cuts(mode: Mode, stand: () => Stand, sweep: Sweep): void {
  it(
    'finishes what a run left whose connection was cut at any of its requests',
    async () => {
      const { cluster, proxies } = stand();
      const direct = await sessionOn(cluster);
      const { secrets } = direct;
      await settleStrangers(direct);
      // The first lock of all has the cluster make a topic for it, for which the patience below is too short.
      await direct.log.lock('somebody-else');
      // Short patience: who is cut off for good shall be told so soon.
      const connection = { bootstrapServers: proxies.addresses, connectTimeoutMs: 300, requestTimeoutMs: 2_000 };
      const run = async (turn: number, cut?: Cut): Promise<ApplyResult> => {
        for (const name of ['worker', 'even', 'odd']) secrets.set(`${name}-password`, `passw0rd-of-turn-${turn % 2}-in-a-test`);
        const through = await sessionOn(cluster, { connection, secrets });
        proxies.begin(cut);
        try {
          return await apply(await through.plan(desiredIn(mode, turn, sweep.copies)), through.ports, { ...allow, showWithinMs: 10_000 });
        } finally {
          await through.close();
        }
      };

      // With ZooKeeper brokers hear late of what was done, each by itself, and nobody can tell when all have.
      const heardWithinMs = mode === 'zookeeper' ? 20_000 : 0;
      // A broker takes up its own settings a moment after it has the metadata.
      const snapshotWithinMs = Math.max(heardWithinMs, 5_000);
      // What comes of it without a cut: the state after an even turn and after an odd one.
      const uncut: Snapshot[] = [];
      let turn = 0;
      let usual = 0;
      for (; turn < 2; turn++) {
        expect((await run(turn)).status).toBe('complete');
        usual = Math.max(usual, proxies.requests);
        await within(heardWithinMs, async () => expect((await direct.plan(desiredIn(mode, turn, sweep.copies))).steps).toEqual([]));
        uncut.push(
          await within(snapshotWithinMs, async () => {
            const snapshot = await snapshotOf(direct.admin, direct.log);
            expect(Object.values(snapshot.brokers)).toEqual([{}, {}, {}]);
            return snapshot;
          }),
        );
      }
      const runCut = async (cut: Cut): Promise<boolean> => {
        await expectClear(
          cut,
          unlessStale(heardWithinMs, () => run(turn, cut)),
        );
        const reached = proxies.hasCut;
        const { outcomes } = await unlessStale(heardWithinMs, () => run(turn));
        expect({ cut, left: outcomes.filter(({ status }) => status !== 'done') }).toEqual({ cut, left: [] });
        await within(heardWithinMs, async () => {
          const { steps } = await direct.plan(desiredIn(mode, turn, sweep.copies));
          expect({ cut, steps }).toEqual({ cut, steps: [] });
        });
        await within(snapshotWithinMs, async () => {
          expect({ cut, ...(await snapshotOf(direct.admin, direct.log)) }).toEqual({ cut, ...grown(uncut[turn % 2], turn + 1) });
        });
        return reached;
      };
      const tried: string[] = [];
      // One cut that goes wrong is no reason not to look at the others.
      const wrong: Error[] = [];
      for (let index = sweep.from ?? 0; wrong.length < enough; index += sweep.everyIndex ?? 1) {
        let reached = false;
        for (const kind of sweep.cuts(index)) {
          try {
            if (!(await runCut({ index, ...kind }))) continue;
          } catch (error) {
            wrong.push(error as Error);
            sweep.onProgress?.((error as Error).stack ?? '');
          } finally {
            turn++;
          }
          reached = true;
          tried.push(`${index} ${kind.side} ${kind.after}`);
          sweep.onProgress?.(`${mode}: request ${index} of about ${usual}, ${tried.length} cuts, ${wrong.length} wrong`);
        }
        if (!reached) break;
      }
      expect(wrong).toEqual([]);
      // Fewer would mean that the proxies stand beside the way.
      expect(tried.length).toBeGreaterThanOrEqual(Math.floor((20 - (sweep.from ?? 0)) / (sweep.everyIndex ?? 1)));
      proxies.begin();
      await direct.close();
    },
    sweep.timeoutMs ?? 600_000,
  );
}

/** A run that was cut ends well, or says in plain words that the connection was lost. */
async function expectClear(cut: Cut, running: Promise<ApplyResult>): Promise<void> {
  const lost = /was lost|closed the connection|no broker answers|did not answer/;
  try {
    const { status, outcomes, interruption } = await running;
    const unclear = outcomes.filter(
      ({ status: each, reason, message = '' }) =>
        each !== 'done' && !(['timed-out', 'interrupted', 'not-shown', 'depends'].includes(reason ?? '') && message !== ''),
    );
    expect({ cut, unclear }).toEqual({ cut, unclear: [] });
    if (status === 'interrupted') expect({ cut, interruption }).toEqual({ cut, interruption: expect.stringMatching(lost) });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    expect({ cut, reason: error.reason }).toEqual({ cut, reason: expect.stringMatching(/^(unreachable|timed-out)$/) });
    expect({ cut, message: error.message }).toEqual({ cut, message: expect.stringMatching(lost) });
  }
}

/** Tries until it does not fail, for so long at most; then it fails as it last did. */
async function within<T>(milliseconds: number, attempt: () => Promise<T>, isPassing = (_: unknown) => true): Promise<T> {
  for (const deadline = Date.now() + milliseconds; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= deadline || !isPassing(error)) throw error;
    }
  }
}

/** A plan that rests on what a broker had not heard of is refused, and made anew. */
function unlessStale<T>(milliseconds: number, attempt: () => Promise<T>): Promise<T> {
  return within(milliseconds, attempt, (error) => error instanceof ConvergeError && error.code === 'stale');
}

function grown(snapshot: Snapshot | undefined, partitions: number): Snapshot {
  if (snapshot === undefined) throw new Error('there was no run without a cut');
  const { growing } = snapshot.topics;
  if (growing === undefined) throw new Error('the topic is missing');
  return { ...snapshot, topics: { ...snapshot.topics, growing: { ...growing, partitions } } };
}
