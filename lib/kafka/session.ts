import { setTimeout as pause } from 'node:timers/promises';
import { ClusterFailure, type Connection, type LogHook } from './admin';
import { isPassing, notController } from './error-codes';
import { isPassingFailure, readFailure, Unanswered } from './failure';
import { defaultConnectTimeoutMs, defaultRequestTimeoutMs, Link } from './link';
import type { Answer } from './protocol/answer';
import { findCoordinator } from './protocol/find-coordinator';
import { type Metadata, metadata } from './protocol/metadata';
import { partitionKey } from './protocol/topic-partitions';
import type { Protocol } from './protocol/wire';

const unknownTopic = 3;
const firstPauseMs = 5;
const longestPauseMs = 1_000;

/** Waits between tries: 5 ms at first, twice as long each time, a second at most; ends at a deadline. */
export class Patience {
  #pauseMs = firstPauseMs;
  readonly #deadline: number;

  constructor(milliseconds: number) {
    this.#deadline = Date.now() + milliseconds;
  }

  /** Answers false when the time is up. */
  async again(): Promise<boolean> {
    const left = this.#deadline - Date.now();
    if (left <= 0) return false;
    await pause(Math.min(this.#pauseMs, left));
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    return true;
  }
}

/**
 * The brokers of one cluster. Nearly everything goes to one of them: with KRaft each passes on what only the controller may do,
 * with ZooKeeper the controller takes over when the first answers that it is not. A second connection is made only where a
 * request is one broker's own business.
 */
export class Session {
  readonly #links = new Map<string, Link>();
  #home: string | undefined;
  #nodes = new Map<number, string>();
  readonly #leaders = new Map<string, number>();
  readonly #coordinators = new Map<string, number>();
  #requests = 0;
  #closed = false;
  /** Asked before each request that writes; what it throws ends the call. */
  guard: (() => Promise<void>) | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly log: LogHook = () => undefined,
  ) {}

  get requestTimeoutMs(): number {
    return this.connection.requestTimeoutMs ?? defaultRequestTimeoutMs;
  }

  /** Requests sent so far, those of logging in included. */
  get requests(): number {
    return this.#requests;
  }

  /** Sends one request that changes nothing, to the same end however often: again when the answer was lost. @throws ClusterFailure */
  async read<Body, Reply>(protocol: Protocol<Body, Reply>, body: Body, node?: number): Promise<Reply> {
    const [patience, firstPatience] = [this.patience(), this.connectPatience()];
    for (;;) {
      try {
        return await this.send(protocol, body, { node });
      } catch (caught) {
        if (!(caught instanceof Unanswered)) throw caught;
        const more = caught.first ? firstPatience : patience;
        if (caught.reason === 'timed-out' || !(await more.again())) throw new ClusterFailure(caught.reason, caught.message);
      }
    }
  }

  /** `read`, again while the answer as a whole is a passing error; another error is a `ClusterFailure`. */
  async readAll<Body, Reply extends { readonly code: number; readonly message?: string | null }>(
    protocol: Protocol<Body, Reply>,
    body: Body,
    node?: number,
  ): Promise<Reply> {
    const patience = this.patience();
    for (;;) {
      const reply = await this.read(protocol, body, node);
      if (reply.code === 0) return reply;
      const answer: Answer = { code: reply.code, message: reply.message ?? null };
      if (!isPassing(reply.code) || !(await patience.again())) throw readFailure(protocol.name, answer);
      if (reply.code === notController) await this.turnToController();
    }
  }

  /** Sends one request once. @throws ClusterFailure; Unanswered when nobody knows whether it was done */
  async send<Body, Reply>(
    protocol: Protocol<Body, Reply>,
    body: Body,
    { node, timeoutMs }: { readonly node?: number | undefined; readonly timeoutMs?: number } = {},
  ): Promise<Reply> {
    const link = await (node === undefined ? this.home() : this.node(node));
    return link.send(protocol, body, timeoutMs);
  }

  /** Whether a broker knows a request. */
  async knows<Body, Reply>(protocol: Protocol<Body, Reply>, node?: number): Promise<boolean> {
    return (await (node === undefined ? this.home() : this.node(node))).supports(protocol);
  }

  patience(): Patience {
    return new Patience(this.requestTimeoutMs);
  }

  private connectPatience(): Patience {
    return new Patience(this.connection.connectTimeoutMs ?? defaultConnectTimeoutMs);
  }

  /** The broker that takes what is no single broker's business. */
  async home(): Promise<Link> {
    const known = [...(this.#home === undefined ? [] : [this.#home]), ...this.connection.bootstrapServers, ...this.#nodes.values()];
    const addresses = [...new Set(known)];
    const patience = this.connectPatience();
    for (;;) {
      const failures: ClusterFailure[] = [];
      for (const address of addresses) {
        try {
          const link = await this.link(address);
          this.#home = address;
          return link;
        } catch (caught) {
          if (!(caught instanceof ClusterFailure) || !isPassingFailure(caught)) throw caught;
          failures.push(caught);
        }
      }
      if (!(await patience.again())) throw new ClusterFailure('unreachable', failures.map(({ message }) => message).join('; '));
    }
  }

  /** One particular broker. @default patience - as long as a connection may take */
  async node(id: number, patience = this.connectPatience()): Promise<Link> {
    if (!this.#nodes.has(id)) await this.metadata([]);
    const address = this.#nodes.get(id);
    if (address === undefined) throw new ClusterFailure('unreachable', `the cluster has no live broker ${id}`);
    for (;;) {
      try {
        return await this.link(address);
      } catch (caught) {
        if (!(caught instanceof ClusterFailure) || !isPassingFailure(caught) || !(await patience.again())) throw caught;
      }
    }
  }

  /** The broker that leads a partition, connected, remembered until told otherwise; undefined when there is no such topic. */
  leader(topic: string, partition: number): Promise<number | undefined> {
    return this.inOffice(
      () => this.findLeader(topic, partition),
      () => this.forgetLeaders(),
    );
  }

  /** Connects to whoever holds an office; asks for the holder again when it can't be reached, since another takes over from a dead one. */
  private async inOffice<Id extends number | undefined>(find: () => Promise<Id>, forget: () => void): Promise<Id> {
    const patience = this.patience();
    for (;;) {
      const id = await find();
      if (id === undefined) return id;
      try {
        await this.node(id, new Patience(0));
        return id;
      } catch (caught) {
        if (!(caught instanceof ClusterFailure) || !isPassingFailure(caught)) throw caught;
        forget();
        if (!(await patience.again())) throw caught;
      }
    }
  }

  private async findLeader(topic: string, partition: number): Promise<number | undefined> {
    const known = this.#leaders.get(partitionKey(topic, partition));
    if (known !== undefined) return known;
    const patience = this.patience();
    for (;;) {
      const found = (await this.metadata([topic])).topics[0];
      const leader = found?.partitions.find(({ id }) => id === partition)?.leader ?? -1;
      if (leader >= 0) {
        this.#leaders.set(partitionKey(topic, partition), leader);
        return leader;
      }
      const code = found?.code ?? 0;
      if (code === unknownTopic) return undefined;
      if (code !== 0 && !isPassing(code)) throw readFailure(`Metadata of ${topic}`, { code, message: null });
      if (!(await patience.again())) throw new ClusterFailure('timed-out', `${partitionKey(topic, partition)} has no leader`);
    }
  }

  forgetLeaders(): void {
    this.#leaders.clear();
  }

  /** The broker that coordinates a group or a transactional id, connected; remembered until told otherwise. */
  coordinator(of: 'group' | 'transaction', key: string): Promise<number> {
    return this.inOffice(
      () => this.findCoordinator(of, key),
      () => this.forgetCoordinators(),
    );
  }

  private async findCoordinator(of: 'group' | 'transaction', key: string): Promise<number> {
    const known = this.#coordinators.get(`${of} ${key}`);
    if (known !== undefined) return known;
    const { node } = await this.readAll(findCoordinator, { key, of });
    this.#coordinators.set(`${of} ${key}`, node);
    return node;
  }

  forgetCoordinators(): void {
    this.#coordinators.clear();
  }

  /** From now on asks the controller, which with ZooKeeper alone may change topics. */
  async turnToController(): Promise<void> {
    const { controllerId } = await this.metadata([]);
    const address = this.#nodes.get(controllerId);
    if (address !== undefined) this.#home = address;
  }

  async metadata(topics: readonly string[] | null): Promise<Metadata> {
    const reply = await this.read(metadata, topics);
    this.#nodes = new Map(reply.brokers.map(({ id, host, port }) => [id, `${host}:${port}`]));
    return reply;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#links.values()].map((link) => link.disconnect()));
  }

  private async link(address: string): Promise<Link> {
    if (this.#closed) throw new ClusterFailure('closed', 'this client has been closed');
    const link = this.#links.get(address) ?? this.make(address);
    this.#links.set(address, link);
    await link.connect();
    return link;
  }

  private make(address: string): Link {
    const { host, port } = endpoint(address);
    return Link.to(host, port, { connection: this.connection, log: this.log, onRequest: () => this.#requests++ });
  }
}

/** @throws ClusterFailure when there is no port */
function endpoint(address: string): { readonly host: string; readonly port: number } {
  const match = /^\[?([^\]]+?)\]?:(\d+)$/.exec(address);
  if (match === null) throw new ClusterFailure('unreachable', `"${address}" is no address; write <host>:<port>`);
  return { host: match[1] ?? '', port: Number(match[2]) };
}
