import { isDeepStrictEqual } from 'node:util';
import type { AclEntry } from '../../model';
import { ClusterFailure, type Outcome, type Outcomes, type Reason } from '../admin';
import { Unanswered } from '../failure';
import { parsePartitionKey } from '../protocol/topic-partitions';
import { isAllowed } from './authorizer';
import { type ClusterState, emptyState } from './state';

/** One request to a cluster in memory. */
export interface MemoryRequest {
  /** Of all requests to this cluster, from 0. */
  readonly index: number;
  /** The method of `KafkaAdmin` that sends it. */
  readonly call: string;
  readonly writes: boolean;
  /** Undefined for the administrator. */
  readonly user: string | undefined;
}

export interface MemoryClusterOptions {
  /** @default 'memory' */
  readonly clusterId?: string;
  /** @default - 1, 2 and 3, without racks */
  readonly brokers?: readonly { readonly id: number; readonly rack?: string }[];
  /** @default 'kraft' */
  readonly metadata?: 'zookeeper' | 'kraft';
  /** Whether there is an authorizer. @default true */
  readonly authorizer?: boolean;
  /** Reads answer what was so this many requests ago. @default 0 */
  readonly staleRequests?: number;
  /** How many requests later a reassignment is complete. @default 2 */
  readonly moveRequests?: number;
  /**
   * Called before a request has its effect. What it throws, the caller gets: a `ClusterFailure` for a cluster that is gone, an
   * `Unanswered` for a lost answer, anything else for a caller that dies here. It may wait, which holds up that caller alone.
   */
  readonly before?: (request: MemoryRequest) => void | Promise<void>;
  /** The same after the effect and before the answer. */
  readonly after?: (request: MemoryRequest) => void | Promise<void>;
}

export const done: Outcome = { done: true };
export const refused = (reason: Reason, message: string): Outcome => ({ done: false, reason, message });

/** A whole cluster in memory: deterministic, for tests and for laws over thousands of cases. Any number of clients share one. */
export class MemoryCluster {
  readonly state: ClusterState = emptyState();
  readonly #history: ClusterState[] = [];
  #requests = 0;
  #logged: Partial<ClusterState> = {};
  #committed = 0n;

  constructor(readonly options: MemoryClusterOptions = {}) {}

  get brokers(): readonly { readonly id: number; readonly rack?: string }[] {
    return this.options.brokers ?? [{ id: 1 }, { id: 2 }, { id: 3 }];
  }

  get brokerIds(): readonly number[] {
    return this.brokers.map(({ id }) => id).sort((a, b) => a - b);
  }

  /** Whether a user, or the administrator (undefined), may do something. */
  may(user: string | undefined, operation: AclEntry['operation'], type: AclEntry['resourceType'], name: string): boolean {
    return user === undefined || this.options.authorizer === false || isAllowed(this.state.acls.values(), user, operation, type, name);
  }

  /** @throws ClusterFailure */
  async read<T>(request: Omit<MemoryRequest, 'index' | 'writes'>, answer: (state: ClusterState) => T): Promise<T> {
    try {
      return await this.#exchange({ ...request, writes: false }, answer);
    } catch (caught) {
      if (caught instanceof Unanswered) throw new ClusterFailure(caught.reason, caught.message);
      throw caught;
    }
  }

  /** Lost answers become `timed-out` for each item, as with a real cluster. */
  async write<Item>(
    request: Omit<MemoryRequest, 'index' | 'writes'>,
    items: ReadonlyMap<string, Item>,
    effect: (state: ClusterState, key: string, item: Item) => Outcome,
  ): Promise<Outcomes> {
    if (items.size === 0) return new Map();
    try {
      return await this.#exchange(
        { ...request, writes: true },
        (state) => new Map([...items].map(([key, item]) => [key, effect(state, key, item)])),
      );
    } catch (caught) {
      if (!(caught instanceof Unanswered)) throw caught;
      return new Map([...items.keys()].map((key) => [key, refused('timed-out', `${caught.message}; it may have been done`)]));
    }
  }

  async #exchange<T>(request: Omit<MemoryRequest, 'index'>, answer: (state: ClusterState) => T): Promise<T> {
    const whole = { ...request, index: this.#requests++ };
    await this.options.before?.(whole);
    this.#completeMoves();
    const stale = this.options.staleRequests ?? 0;
    if (stale > 0) {
      this.#history.push(structuredClone(this.state));
      this.#history.splice(0, this.#history.length - stale - 1);
    }
    const reply = answer(request.writes || stale === 0 ? this.state : (this.#history[0] ?? this.state));
    await this.options.after?.(whole);
    return reply;
  }

  #completeMoves(): void {
    const { moves, topics } = this.state;
    for (const [key, { to, doneAt }] of moves) {
      if (doneAt > this.#requests) continue;
      moves.delete(key);
      const { topic, partition: id } = parsePartitionKey(key);
      const partition = topics.get(topic)?.partitions[id];
      if (partition === undefined) continue;
      partition.replicas = to;
      if (!to.includes(partition.leader)) partition.leader = to[0] ?? -1;
    }
  }

  /** The offset of the metadata log at which it says what `state` says. Whoever changed it, be it a test behind the back of all clients. */
  committedIn({ groups: _groups, records: _records, epochs: _epochs, ...metadata }: ClusterState): bigint {
    const now = structuredClone(metadata);
    if (!isDeepStrictEqual(now, this.#logged)) this.#committed++;
    this.#logged = now;
    return this.#committed;
  }

  /** The request at which a move that begins now is complete. */
  get moveDoneAt(): number {
    return this.#requests + (this.options.moveRequests ?? 2);
  }
}
